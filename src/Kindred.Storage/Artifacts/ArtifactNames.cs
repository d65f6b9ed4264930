using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Datasets;

namespace Kindred.Storage.Artifacts;

/// <summary>
/// The names of artifacts. They are stored in states, so a form never changes its meaning. An ARN that parsed holds no dots and no
/// backslashes, so its parts are safe in a name.
/// </summary>
public static class ArtifactNames
{
    public const string Segments = "segments";
    public const string Snapshots = "snapshots";
    public const string Quarantine = "quarantine";
    public const string Models = "models";
    public const string Trainings = "trainings";
    public const string Outputs = "outputs";

    /// <summary>What comes before a recommender's name where solutions' models and trainings are.</summary>
    internal const string RecommenderPrefix = "recommender.";

    public static IReadOnlyList<string> All { get; } = [Segments, Snapshots, Quarantine, Models, Trainings, Outputs];

    /// <summary>The kinds of artifact that belong to a dataset group.</summary>
    public static IReadOnlyList<string> OfDatasetGroups { get; } = [Segments, Snapshots, Quarantine];

    /// <summary>Everything of one kind that a dataset group has.</summary>
    public static string FolderOf(string kind, Arn datasetGroup) => $"{kind}/{datasetGroup.Account}/{datasetGroup.Name}";

    /// <summary>A snapshot that is yet to be made.</summary>
    public static string NewSnapshot(Arn datasetGroup, string datasetType) =>
        $"{FolderOf(Snapshots, datasetGroup)}/{DatasetKinds.Of(datasetType).SnapshotName}-{Guid.CreateVersion7():N}.kds";

    /// <summary>The rows that an import refused.</summary>
    public static string QuarantineOf(Arn datasetGroup, Arn importJob) => $"{FolderOf(Quarantine, datasetGroup)}/{importJob.Name}.csv";

    /// <summary>What an import says of its rows.</summary>
    public static string ImportReportOf(Arn datasetGroup, Arn importJob) => $"{FolderOf(Quarantine, datasetGroup)}/{importJob.Name}.json";

    /// <summary>A model of a version, of a solution or a recommender.</summary>
    /// <param name="mark">Tells the models of one version apart; empty, or begins with a dot.</param>
    public static string Model(Arn solutionVersion, string mark) =>
        $"{Models}/{solutionVersion.Account}/{OwnerOf(solutionVersion)}/{IdOf(solutionVersion)}{mark}.kindred";

    /// <summary>The folder that the trainings of a version share.</summary>
    public static string TrainingFolder(Arn solutionVersion) =>
        $"{Trainings}/{solutionVersion.Account}/{OwnerOf(solutionVersion)}/{IdOf(solutionVersion)}";

    /// <summary>The folder of a solution, or of a recommender: no solution's name has a dot.</summary>
    private static string OwnerOf(Arn version) =>
        version.Type is ResourceTypes.Recommender ? RecommenderPrefix + version.Parent : version.Parent;

    /// <summary>The folder in which a job collects what it is to write into a bucket.</summary>
    /// <param name="job">Its name has one part.</param>
    public static string OutputFolder(Arn datasetGroup, Arn job) => $"{FolderOf(Outputs, datasetGroup)}/{job.Type}.{job.Name}";

    private static string IdOf(Arn solutionVersion) => solutionVersion.Name[(solutionVersion.Parent.Length + 1)..];
}
