using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Training;

namespace Kindred.Grains.Solutions;

/// <summary>Forgets versions that nobody needs any more: their jobs, states and files.</summary>
internal sealed class VersionRemoval(IGrainFactory grains, VersionFiles files)
{
    public async Task RemoveAsync(SolutionVersionState version)
    {
        var arn = version.Arn;
        // A version that is being refined is ACTIVE, and can be deleted like any other: nobody wants the rest of its training.
        await grains.GetGrain<IJobControl>(arn.ToString()).ForgetAsync();
        await grains.Resource<SolutionVersionState>(arn).DeleteAsync();
        await files.DeleteTrainingAsync(arn);
        if (version.ArtifactPath is not null)
            await files.DeleteModelsAsync(
                VersionFiles.Artifact(arn, TrainingEffort.Quick), VersionFiles.Artifact(arn, TrainingEffort.Full), version.ArtifactPath);
    }
}
