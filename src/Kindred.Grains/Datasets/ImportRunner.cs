using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Attribution;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Storage;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Import;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Grains.Datasets;

/// <summary>Reads CSV files into segments, and builds the snapshot that goes with them.</summary>
internal sealed class ImportRunner(
    IGrainFactory grains, ObjectStore objects, IArtifactStore artifacts, DataFiles files, RemainingData remaining,
    AttributionReports reports,
    StorageOptions storage, StorageQuota quota, TenantLimits limits, TimeProvider clock) : IJobRunner
{
    private const int MinIncrementalInteractions = 1000;
    private const long GiB = 1L << 30;

    public JobKind Kind => JobKind.Import;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        var importJob = (await grains.ExpectAsync<DatasetImportJobState>(run.Resource)).ImportJob;
        var datasetArn = importJob.DatasetArn;
        var dataset = await grains.ExpectAsync<DatasetState>(datasetArn);
        // An earlier attempt published, and died before it could say so.
        if (dataset.LastImport is { } last && last.ImportJobArn == run.Resource.ToString()) return new ImportResult(datasetArn.ToString(), last);

        var groupArn = dataset.Dataset.DatasetGroupArn;
        var data = dataset.Data;
        var full = importJob.ImportMode is not ImportJobOperations.Incremental;
        var sources = await objects.ListAsync(datasetArn.Account, importJob.Source.Location, run.CancellationToken);
        var sizeBytes = CheckSize(sources, full);
        quota.Require(datasetArn.Account, bytes: 0);
        using var history = await BeginHistoryAsync(groupArn, DatasetRules.WithImport(data, full, []), run.CancellationToken);
        var outcome = await CsvImporter.ImportAsync(
            new CsvImport
            {
                Artifacts = artifacts, DatasetGroupArn = groupArn, Sequence = data.Generation + 1,
                DatasetType = data.DatasetType, ImportJobArn = run.Resource,
                Schema = ParsedSchema.Parse(data.Schema), Sources = Sources(sources, datasetArn.Account),
                MaxRows = limits.RowsPerImport, MaxRefusedShare = storage.MaxRefusedShare, Now = clock.GetUtcNow(), History = history,
            },
            new ByteProgress(run, sizeBytes), run.CancellationToken);
        var result = await PrepareAsync(run, groupArn, data, full, outcome, history);
        if (importJob.PublishAttributionMetricsToS3 is true && data.DatasetType is DatasetTypes.Interactions)
            await reports.WriteAsync(importJob, groupArn, outcome.Segments, run.CancellationToken);
        return result;
    }

    /// <summary>What the manifest names stays: an attempt that came too late may hold in its hands what an earlier one published.</summary>
    public async Task DiscardAsync(Arn resource, JobResult result)
    {
        var (datasetArn, publication) = (ImportResult)result;
        var named = await grains.FindAsync<DatasetState>(Arn.Parse(datasetArn)) is { } dataset ? DatasetRules.FilesOf(dataset.Data).ToHashSet() : [];
        await files.DeleteAsync(DatasetRules.FilesOf(publication.Segments, publication.SnapshotPath).Where(path => !named.Contains(path)));
    }

    private static long CheckSize(IReadOnlyList<StoredObject> sources, bool full)
    {
        var (mode, limit) = full ? ("A FULL import", 100 * GiB) : ("An INCREMENTAL import", GiB);
        var sizeBytes = sources.Sum(source => source.SizeBytes);
        return sizeBytes <= limit
            ? sizeBytes
            : throw Refuse.Invalid($"{mode} can read at most {limit / GiB} GiB; the data location holds {sizeBytes:N0} bytes.");
    }

    private List<CsvSource> Sources(IReadOnlyList<StoredObject> sources, string account) =>
        [.. sources.Select(source => new CsvSource(source.Name, cancellation => objects.OpenReadAsync(account, source, cancellation)))];

    private async Task<HistoryDraft?> BeginHistoryAsync(Arn groupArn, DatasetData remaining, CancellationToken cancellationToken)
    {
        using var reading = files.Read(groupArn);
        return await HistoryDraft.BeginAsync(artifacts, groupArn, remaining, storage.ImportMemoryBytes, cancellationToken);
    }

    private async Task<ImportResult> PrepareAsync(
        JobRun run, Arn groupArn, DatasetData data, bool full, ImportOutcome outcome, HistoryDraft? history)
    {
        string? snapshot = null;
        try
        {
            if (!full && data.DatasetType is DatasetTypes.Interactions && outcome.GoodRows < MinIncrementalInteractions)
                throw Refuse.Invalid(
                    $"An INCREMENTAL import of interactions needs at least {MinIncrementalInteractions} rows; "
                    + $"{outcome.GoodRows} were good.");
            run.Report(0.8, "building the snapshot");
            using var reading = files.Read(groupArn);
            var next = DatasetRules.WithImport(data, full, outcome.Segments);
            snapshot = history is not null
                ? await history.CompleteAsync(run.CancellationToken)
                : await DatasetSnapshots.BuildAsync(artifacts, groupArn, next, run.CancellationToken, storage.ImportMemoryBytes);
            if (full) await remaining.CheckAsync(groupArn, data, next with { SnapshotPath = snapshot }, run.CancellationToken);
            return new ImportResult(data.DatasetArn.ToString(), new ImportPublication
            {
                ImportJobArn = run.Resource.ToString(), ReplacesBulk = full, Segments = outcome.Segments.ToArray(), SnapshotPath = snapshot,
                Generation = data.Generation, GoodRows = outcome.GoodRows, BadRows = outcome.BadRows, QuarantinePath = outcome.QuarantinePath,
            });
        }
        catch
        {
            await files.DeleteAsync(DatasetRules.FilesOf(outcome.Segments, snapshot));
            throw;
        }
    }

    private sealed class ByteProgress(JobRun run, long sizeBytes) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) =>
            run.Report(0.8 * value.BytesRead / Math.Max(1, sizeBytes), $"{value.GoodRows:N0} rows read, {value.BadRows:N0} bad");
    }
}
