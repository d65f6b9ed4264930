using Kindred.Contracts.Arns;
using Kindred.Grains.Files;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Training;
using Kindred.Serving;

namespace Kindred.Grains.Solutions;

/// <summary>The files of solution versions: their models, and what their trainings keep for the next attempt.</summary>
internal sealed class VersionFiles(DataFiles files, ModelStore models)
{
    /// <summary>The folder of trainings that have not ended.</summary>
    public const string TrainingsFolder = "trainings";

    private const string DataFile = "data.kindred";

    /// <summary>The model of one effort, relative to the data folder.</summary>
    /// <param name="updates">Incremental updates that it has had.</param>
    public static string Artifact(Arn version, TrainingEffort effort, int updates = 0)
    {
        var kind = effort is TrainingEffort.Quick ? ".quick" : updates > 0 ? FormattableString.Invariant($".update{updates}") : "";
        return Path.Combine("models", version.Account, version.Parent, $"{IdOf(version)}{kind}.kindred");
    }

    /// <summary>What a training keeps, relative to the data folder.</summary>
    public static string TrainingFolder(Arn version) => Path.Combine(TrainingsFolder, version.Account, version.Parent, IdOf(version));

    public CheckpointFolder Checkpoints(Arn version) => new(files.Absolute(Path.Combine(TrainingFolder(version), "checkpoints")));

    /// <summary>The data that the version's trainings share.</summary>
    public string TrainingData(Arn version) => files.Absolute(Path.Combine(TrainingFolder(version), DataFile));

    /// <summary>The trainings have ended, one way or the other.</summary>
    public void DeleteTraining(Arn version)
    {
        var folder = files.Absolute(TrainingFolder(version));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Unmaps and removes models that nothing names; whoever reads one still finishes.</summary>
    public void DeleteModels(params IEnumerable<string> artifactPaths)
    {
        foreach (var path in artifactPaths)
        {
            models.Forget(path);
            files.Delete(path);
        }
    }

    private static string IdOf(Arn version) => version.Name[(version.Parent.Length + 1)..];
}
