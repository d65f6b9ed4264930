namespace Kindred.Bench.Reports;

/// <summary>Where the benchmark was built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SaaS.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmark runs from the repository's build.");
        return folder;
    }
}
