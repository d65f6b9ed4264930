using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary><c>file://</c> locations, for data that lies on the server already, below folders that the operator named.</summary>
internal sealed class FileRoots(IReadOnlyList<string> allowedRoots)
{
    private const string Scheme = "file://";

    /// <summary>Everything in a folder and below it. A link is passed over, not followed: what it leads to is not of this folder.</summary>
    public static EnumerationOptions Below { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>A file's path below a folder, with slashes.</summary>
    public static string KeyOf(DirectoryInfo folder, FileInfo file) =>
        Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    public static bool Covers(string location) => location.StartsWith(Scheme, StringComparison.Ordinal);

    /// <returns>The file itself, or the first-level files of a folder; empty if there is nothing.</returns>
    public IReadOnlyList<StoredObject> List(string account, string location)
    {
        var path = Resolve(account, location);
        if (!location.EndsWith('/'))
            return new FileInfo(path) is { Exists: true } file ? [Describe(file, location)] : [];
        if (!Directory.Exists(path)) return [];
        return [.. new DirectoryInfo(path).EnumerateFiles()
            .Where(file => file.LinkTarget is null)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => Describe(file, location + Uri.EscapeDataString(file.Name)))];
    }

    /// <returns>The file itself, or all files of a folder and below it; empty if there is nothing.</returns>
    public IReadOnlyList<StoredObject> ListBelow(string account, string location)
    {
        if (!location.EndsWith('/')) return List(account, location);
        var folder = new DirectoryInfo(Resolve(account, location));
        if (!folder.Exists) return [];
        return [.. folder.EnumerateFiles("*", Below)
            .Select(file => Describe(file, location + string.Join('/', KeyOf(folder, file).Split('/').Select(Uri.EscapeDataString))))
            .OrderBy(file => file.Location, StringComparer.Ordinal)];
    }

    /// <returns>The file's bytes, or null if there is none.</returns>
    public Stream? OpenRead(string account, string location)
    {
        var path = Resolve(account, location);
        return File.Exists(path) ? ObjectFile.OpenRead(path) : null;
    }

    private string Resolve(string account, string location)
    {
        // file:///path only; with a host it would name another machine.
        if (!Uri.TryCreate(location, UriKind.Absolute, out var uri) || !uri.IsFile || uri.Host.Length > 0
            || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.LocalPath.Contains('\0'))
        {
            throw new RefusedException(
                RefusalCode.InvalidInput, $"Invalid Data location. '{ObjectName.Shown(location)}' is not of the form file:///path.");
        }
        foreach (var root in allowedRoots)
        {
            if (ConfinedPath.Resolve(root.Replace("{account}", account, StringComparison.Ordinal), uri.LocalPath) is { } path) return path;
        }
        // The same sentence whether the file exists or not: nobody learns what else lies on the server.
        throw new RefusedException(
            RefusalCode.InvalidInput,
            $"Invalid Data location. '{ObjectName.Shown(location)}' is not below a folder that this deployment allows.");
    }

    private static StoredObject Describe(FileInfo file, string location) => new(location, file.Name, file.Length);
}
