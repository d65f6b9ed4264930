using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments;
using Kindred.Storage.Snapshots;

namespace Kindred.Storage.Import;

/// <summary>How much an interactions dataset holds.</summary>
/// <param name="Interactions">Rows of users, streamed ones that are in segments included.</param>
/// <param name="Users">Users with at least two different interactions; sessions without a user count as one.</param>
public readonly record struct DataVolume(long Interactions, long Users)
{
    private const int InteractionsPerUser = 2;

    public bool Reaches(DataVolume least) => Interactions >= least.Interactions && Users >= least.Users;

    /// <param name="dataset">Its snapshot is there; without one the dataset holds nothing.</param>
    public static async Task<DataVolume> OfAsync(IArtifactStore artifacts, DatasetData dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.SnapshotPath is null) return default;
        using var copy = await artifacts.OpenAsync(dataset.SnapshotPath, cancellationToken);
        using var history = UserHistory.Open(copy.Path);
        var rows = dataset.BulkSegments.Concat(dataset.StreamedSegments).Where(segment => !SegmentFile.IsAnonymous(segment.Path));
        return new DataVolume(rows.Sum(segment => segment.RowCount), history.UsersWith(InteractionsPerUser));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Interactions} interactions and {Users} users with at least {InteractionsPerUser}");
}
