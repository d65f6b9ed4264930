using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Solutions;

[Alias("Kindred.ISolutionVersionResource")]
internal interface ISolutionVersionResource : IResource<SolutionVersionState>
{
    /// <returns>
    /// False when there is nothing to train: no such version, or it has ended and is not to be refined, or it was to stop
    /// and now has.
    /// </returns>
    [Alias("BeginAsync")]
    Task<bool> BeginAsync();

    /// <returns>False when the version was to stop: the model is not wanted.</returns>
    [Alias("CompleteAsync")]
    Task<bool> CompleteAsync(TrainingResult result);

    [Alias("FailAsync")]
    Task FailAsync(string reason);

    /// <summary>The model that serves is to take in new items.</summary>
    [Alias("BeginUpdateAsync")]
    Task BeginUpdateAsync();

    /// <summary>Users were deleted after the version's data were read.</summary>
    /// <returns>Whether a model of before is what it serves, or goes on from.</returns>
    [Alias("MarkDeletionAsync")]
    Task<bool> MarkDeletionAsync(DateTimeOffset now);

    /// <summary>Somebody wants the training to stop.</summary>
    [Alias("BeginStopAsync")]
    Task BeginStopAsync();

    /// <summary>The training has stopped.</summary>
    [Alias("StopAsync")]
    Task StopAsync();
}
