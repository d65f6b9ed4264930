namespace Kindred.Storage.Artifacts;

/// <summary>One artifact, or kept folder, as a listing found it.</summary>
/// <param name="Owner">The resource that it was made for; null when its name tells of none.</param>
/// <param name="BegunAt">When it was begun: never later than its publication.</param>
/// <param name="IsFolder">A folder of <see cref="IArtifactStore.OpenFolderAsync"/>.</param>
public sealed record StoredArtifact(string Name, ArtifactOwner? Owner, DateTimeOffset BegunAt, bool IsFolder);
