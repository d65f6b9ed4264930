namespace Kindred.Host.Settings;

/// <summary>Which folders tenants may be let read with <c>file://</c> locations.</summary>
internal static class FileRootRules
{
    private const string Account = "{account}";

    /// <param name="root">May hold <c>{account}</c>, which stands for each tenant's own folder: those need not exist yet.</param>
    /// <param name="dataPath">The data folder, absolute.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Fault(string root, string dataPath)
    {
        var shared = root.IndexOf(Account, StringComparison.Ordinal) is var start and >= 0
            ? root[..(root.LastIndexOf('/', start) + 1)]
            : root;
        if (!Path.IsPathFullyQualified(root) || !Directory.Exists(shared))
            return "expected the absolute path of a folder that exists, or, with {account} in it, that of one below which it is.";
        // Through links: what counts is what would be read. One in the other, whichever way, opens what tenants have uploaded.
        var (read, data) = (Real(shared), Real(dataPath));
        return Holds(read, data) || Holds(data, read)
            ? $"expected a folder apart from the data folder {dataPath}, which holds every tenant's files."
            : null;
    }

    private static bool Holds(string outer, string inner) =>
        inner.StartsWith(Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || Path.TrimEndingDirectorySeparator(outer) == Path.TrimEndingDirectorySeparator(inner)
        || outer == Path.GetPathRoot(outer);

    /// <summary>The path with every link in it followed, as far as it exists.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var real = root;
        foreach (var part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new DirectoryInfo(real) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                real = Real(target.FullName);
        }
        return real;
    }
}
