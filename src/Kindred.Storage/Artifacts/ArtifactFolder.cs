namespace Kindred.Storage.Artifacts;

/// <summary>
/// A folder on this machine that work keeps things in, to be found again by its next attempt. Its files are the business of whoever
/// opened it, one process at a time.
/// </summary>
/// <param name="Name">The name under which it is found again.</param>
/// <param name="Path">Absolute path of the folder, which exists.</param>
public sealed record ArtifactFolder(string Name, string Path);
