namespace Kindred.Storage.Artifacts;

/// <summary>
/// The finished files of datasets and models: segments, snapshots, models, quarantine reports; and the folders that trainings and
/// batch jobs keep between their attempts. A file is published whole or not at all, and never changes afterwards.
/// </summary>
/// <remarks>
/// A name is what states hold: a relative path with slashes, such as <c>segments/{account}/{group}/ITEMS/{id}.parquet</c>. Only a store
/// knows where that lies. Names that would lead out of the store are refused with <see cref="ArgumentException"/>.
/// </remarks>
public interface IArtifactStore
{
    /// <summary>A place on this machine to write one file to. Nothing can be seen of it before it is published.</summary>
    /// <param name="name">The name that it is to get; one that depends on the content is given to the publishing instead.</param>
    ArtifactDraft Begin(string name);

    /// <summary>A copy on this machine that stays readable until the answer is disposed, whoever deletes the artifact meanwhile.</summary>
    /// <exception cref="FileNotFoundException">There is no such artifact: its owner names another by now, or it was lost.</exception>
    Task<ArtifactCopy> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes an artifact once its last copy is given back. Nothing happens when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Completes when nothing of an artifact that was deleted is left here: its last copy has been given back.</summary>
    Task WaitGoneAsync(string name, CancellationToken cancellationToken);

    /// <summary>A folder on this machine that is found again under its name, with everything in it; made when there is none.</summary>
    Task<ArtifactFolder> OpenFolderAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a folder, or everything whose name begins with it. Nothing happens when there is none.</summary>
    Task DeleteFolderAsync(string name, CancellationToken cancellationToken);

    /// <summary>Everything that is published, and the kept folders, in no particular order. Drafts are not among it.</summary>
    IAsyncEnumerable<StoredArtifact> ListAsync(CancellationToken cancellationToken);
}
