using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Watching;

namespace Kindred.Operations.Watching;

/// <summary>The events of a tenant's dataset group as they come in; needs the scope <c>read</c>.</summary>
public sealed class EventWatching(EventWatch watch)
{
    /// <exception cref="RefusedException">AccessDenied, or ResourceNotFound: the group is another account's, as if there were none.</exception>
    /// <inheritdoc cref="EventWatch.Read"/>
    public IReadOnlyList<SeenEvent> Read(Principal principal, Arn datasetGroup, long after)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "events:Watch");
        if (datasetGroup.Account != principal.Account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {datasetGroup}.");
        return watch.Read(datasetGroup, after);
    }
}
