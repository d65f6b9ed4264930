namespace Kindred.Storage.Objects;

/// <summary>Resolves paths so that neither <c>..</c> nor a symbolic link leads out of a folder.</summary>
internal static class ConfinedPath
{
    // Linux gives up after 40 links; so do we, because a loop of links would never end.
    private const int MaxLinks = 40;

    /// <summary>The real path of <paramref name="path"/>, all links followed; null if it would lie outside <paramref name="root"/>.</summary>
    /// <remarks>A path that does not exist yet resolves by the parts of it that do.</remarks>
    public static string? Resolve(string root, string path)
    {
        var realRoot = Follow(Path.GetFullPath(root));
        var realPath = Follow(Path.GetFullPath(path));
        return realRoot is not null && realPath is not null && IsInside(realRoot, realPath) ? realPath : null;
    }

    public static bool IsInside(string root, string path)
    {
        root = Path.TrimEndingDirectorySeparator(root);
        return path.StartsWith(root, StringComparison.Ordinal)
            && (path.Length == root.Length || path[root.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(root));
    }

    private static string? Follow(string fullPath)
    {
        var links = 0;
        var done = Path.GetPathRoot(fullPath)!;
        var rest = new Stack<string>(fullPath[done.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var part))
        {
            if (part == ".") continue;
            if (part == "..")
            {
                done = Path.GetDirectoryName(done) ?? done;
                continue;
            }
            var next = Path.Combine(done, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                done = next;
                continue;
            }
            if (++links > MaxLinks) return null;
            if (Path.IsPathRooted(target)) done = Path.GetPathRoot(target)!;
            foreach (var step in target.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse()) rest.Push(step);
        }
        return done;
    }
}
