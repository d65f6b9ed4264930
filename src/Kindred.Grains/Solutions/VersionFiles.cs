using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;
using Kindred.Recipes.Training;
using Kindred.Storage.Artifacts;

namespace Kindred.Grains.Solutions;

/// <summary>The files of solution versions: their models, and what their trainings keep for the next attempt.</summary>
internal sealed class VersionFiles(IArtifactStore artifacts, IChangeFeed feed)
{
    /// <summary>The name of the model of one effort.</summary>
    /// <param name="updates">Incremental updates that it has had.</param>
    public static string Artifact(Arn version, TrainingEffort effort, int updates = 0) => ArtifactNames.Model(
        version, effort is TrainingEffort.Quick ? ".quick" : updates > 0 ? FormattableString.Invariant($".update{updates}") : "");

    /// <summary>What the version's trainings keep; made when there is nothing yet.</summary>
    public async Task<TrainingFolder> OpenTrainingAsync(Arn version, CancellationToken cancellationToken) =>
        new(await artifacts.OpenFolderAsync(ArtifactNames.TrainingFolder(version), cancellationToken));

    /// <summary>The trainings have ended, one way or the other.</summary>
    public Task DeleteTrainingAsync(Arn version) =>
        artifacts.DeleteFolderAsync(ArtifactNames.TrainingFolder(version), CancellationToken.None);

    /// <summary>Unmaps and removes models that nothing names; whoever reads one still finishes.</summary>
    public async Task DeleteModelsAsync(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            await artifacts.DeleteAsync(name, CancellationToken.None);
            feed.Publish(new Change(ChangedSubject.Model, name, 1));
        }
    }
}
