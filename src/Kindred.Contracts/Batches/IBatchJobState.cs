using Kindred.Contracts.Jobs;

namespace Kindred.Contracts.Batches;

/// <summary>What the states of batch inference and batch segment jobs have in common.</summary>
public interface IBatchJobState<TSelf> : IJobResourceState<TSelf>
    where TSelf : class, IBatchJobState<TSelf>
{
    BatchJobRecord Job { get; }
}
