namespace Kindred.ContractGenerator;

internal static class RepositoryRoot
{
    /// <summary>The folder that holds <c>SaaS.sln</c>, at or above the current one.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SaaS.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("SaaS.sln was not found at or above the current folder: run this inside the repository, or name its root as the argument.");
    }
}
