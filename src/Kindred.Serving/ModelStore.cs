namespace Kindred.Serving;

/// <summary>Model artifacts, mapped on demand and kept within a byte budget.</summary>
public sealed class ModelStore
{
    /// <summary>Opens the artifact if it is not open yet: what a deploy does before it publishes its decision.</summary>
    /// <param name="recipe">The recipe's name.</param>
    /// <param name="artifactPath">The artifact, relative to the data folder.</param>
    /// <exception cref="Contracts.Refusals.RefusedException">ServiceUnavailable: the artifact cannot be opened; the message says why.</exception>
    public Task WarmAsync(string recipe, string artifactPath, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The artifact is about to be deleted: unmaps it when its last reader leaves.</summary>
    public void Forget(string artifactPath) => throw new NotSupportedException();
}
