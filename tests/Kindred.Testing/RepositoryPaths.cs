namespace Kindred.Testing;

/// <summary>Where things lie around the running test.</summary>
public static class RepositoryPaths
{
    /// <summary>The folder with <c>SaaS.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The folder with real data for development: <c>KINDRED_SHARED</c>, or <c>shared</c> beside or two folders above the
    /// repository; null when there is none, and a test uses a generated stand-in.
    /// </summary>
    public static string? SharedData { get; } =
        new[] { Environment.GetEnvironmentVariable("KINDRED_SHARED"), Path.Combine(Root, "..", "shared"), Path.Combine(Root, "..", "..", "shared") }
            .Where(p => !string.IsNullOrEmpty(p)).Select(p => Path.GetFullPath(Path.Combine(p!, "data"))).FirstOrDefault(Directory.Exists);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SaaS.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds SaaS.sln.");
    }
}
