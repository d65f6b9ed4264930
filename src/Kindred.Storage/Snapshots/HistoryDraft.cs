using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Datasets;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// The snapshot of a dataset of interactions, begun before its newest segment is written: the rows of an import come here on their way
/// into the segment. Disposing it without completing it leaves nothing.
/// </summary>
public sealed class HistoryDraft : IDisposable
{
    private readonly ArtifactDraft _draft;
    private readonly UserHistoryBuilder _builder;

    private HistoryDraft(ArtifactDraft draft, UserHistoryBuilder builder) => (_draft, _builder) = (draft, builder);

    /// <summary>Reads what is there already.</summary>
    /// <param name="dataset">The manifest without the segment that is to be written, which will be the newest of all.</param>
    /// <param name="mostIdBytes">What ids may take in memory until the snapshot is complete.</param>
    /// <returns>Null for a dataset that does not hold interactions.</returns>
    /// <exception cref="FileNotFoundException">A segment is gone: the manifest is no longer the dataset's.</exception>
    public static async Task<HistoryDraft?> BeginAsync(
        IArtifactStore artifacts, Arn datasetGroup, DatasetData dataset, long mostIdBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(dataset);
        if (DatasetKinds.Of(dataset.DatasetType).SubjectColumn is not { } subject) return null;
        var segments = SegmentOrder.Of(dataset);
        using var copies = await artifacts.OpenAllAsync(segments.Select(segment => segment.Path), cancellationToken);
        var draft = artifacts.Begin(ArtifactNames.NewSnapshot(datasetGroup, dataset.DatasetType));
        var history = new HistoryDraft(
            draft, new UserHistoryBuilder(draft.Path, subject, UserHistory.DefaultMaxEventsPerUser, new SnapshotMemory(mostIdBytes)));
        try
        {
            history._builder.Add(copies.PathsOf(segments), cancellationToken);
            return history;
        }
        catch
        {
            history.Dispose();
            throw;
        }
    }

    /// <returns>The snapshot's name, for <see cref="DatasetData.SnapshotPath"/>.</returns>
    /// <exception cref="RefusedException">The ids take more memory than they may.</exception>
    public Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        _builder.Complete(cancellationToken);
        return _draft.PublishAsync(cancellationToken);
    }

    public void Dispose()
    {
        _builder.Dispose();
        _draft.Dispose();
    }

    internal void Add(RowGroup rows, IReadOnlyList<string> columns) => _builder.Add(rows, columns);
}
