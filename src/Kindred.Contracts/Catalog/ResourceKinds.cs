using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Catalog;

/// <summary>Every kind of resource that this deployment has, in the order in which they were registered: parents first.</summary>
public sealed class ResourceKinds(IEnumerable<ResourceKind> kinds)
{
    public IReadOnlyList<ResourceKind> All { get; } = [.. kinds];

    /// <returns>The kind of the resource that the ARN names; null for one of no kind that is known.</returns>
    public ResourceKind? Find(Arn arn) => All.FirstOrDefault(kind => kind.Names(arn));

    /// <exception cref="RefusedException">InvalidInput: the text names no resource that can have tags.</exception>
    public (ResourceKind Kind, Arn Arn) ExpectTagged(string text) =>
        Arn.TryParse(text, out var arn) && Find(arn) is { HasTags: true } kind
            ? (kind, arn)
            : throw new RefusedException(RefusalCode.InvalidInput, $"'{text}' is not the ARN of a resource that has tags.");
}
