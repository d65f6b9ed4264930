using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;

namespace Kindred.Grains.Resources;

/// <summary>Refuses to delete what other resources use; which those are, the kinds say themselves.</summary>
internal sealed class DeletionGuard(ResourceKinds kinds, IResourceCatalog catalog)
{
    /// <exception cref="Contracts.Refusals.RefusedException">ResourceInUse: something uses the resource, or waits for it.</exception>
    public async Task RefuseWhileInUseAsync(ResourceKind kind, Arn arn)
    {
        // What came last into the house depends on most: it is what has to go first.
        foreach (var other in kinds.All.Reverse())
        {
            if (await other.FindUseAsync(catalog, kind, arn, CancellationToken.None) is { } sentence) throw Refuse.InUse(sentence);
        }
    }
}
