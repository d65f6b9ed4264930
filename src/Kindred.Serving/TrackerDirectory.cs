using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;

namespace Kindred.Serving;

/// <summary>Which dataset group a <c>trackingId</c> feeds, within one account.</summary>
public sealed class TrackerDirectory
{
    /// <returns>The dataset group's ARN, or null if the caller's account has no such tracker.</returns>
    public ValueTask<Arn?> FindGroupAsync(string trackingId, Caller caller, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Trackers are resolved once the catalogue is wired.");

    /// <summary>A tracker has become ACTIVE.</summary>
    public void Set(Arn eventTracker, string trackingId, Arn datasetGroup) => throw new NotSupportedException();

    /// <summary>A tracker is gone.</summary>
    public void Remove(Arn eventTracker) => throw new NotSupportedException();
}
