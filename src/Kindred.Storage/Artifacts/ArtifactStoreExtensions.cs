namespace Kindred.Storage.Artifacts;

public static class ArtifactStoreExtensions
{
    /// <summary>Copies of several artifacts, or of none.</summary>
    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static async Task<ArtifactCopies> OpenAllAsync(
        this IArtifactStore artifacts, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(names);
        var copies = new Dictionary<string, ArtifactCopy>(StringComparer.Ordinal);
        try
        {
            foreach (var name in names.Distinct()) copies.Add(name, await artifacts.OpenAsync(name, cancellationToken));
            return new ArtifactCopies(copies);
        }
        catch
        {
            foreach (var copy in copies.Values) copy.Dispose();
            throw;
        }
    }

    /// <summary>Removes several artifacts; those that are not there are no matter.</summary>
    public static async Task DeleteAllAsync(this IArtifactStore artifacts, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names) await artifacts.DeleteAsync(name, cancellationToken);
    }
}
