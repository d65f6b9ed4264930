using Kindred.Contracts.Catalog;

namespace Kindred.Contracts.Jobs;

/// <summary>The state of a resource that is one piece of work: it is made, a job does it, and from then on it only tells how that went.</summary>
public interface IJobResourceState<TSelf> : IResourceState<TSelf>
    where TSelf : class, IJobResourceState<TSelf>
{
    /// <summary>The state with another status.</summary>
    /// <param name="status">One of <see cref="ResourceStatus"/>.</param>
    /// <param name="failureReason">Null unless the work failed.</param>
    TSelf Moved(string status, string? failureReason, DateTimeOffset now);

    /// <summary>The state once the work has ended well.</summary>
    /// <param name="records">What was worked on: lines of the input, or rows of a dataset.</param>
    /// <param name="refused">Those of them that could not be answered; each says why where its answer would be.</param>
    /// <param name="outputs">Names of the objects that were written; null where they follow from the request.</param>
    TSelf Counted(long records, long refused, IReadOnlyList<string>? outputs);
}
