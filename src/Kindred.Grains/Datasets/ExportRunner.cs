using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Export;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;

namespace Kindred.Grains.Datasets;

/// <summary>Writes the rows of a dataset as CSV files into a bucket, those that are still in the log too. Every attempt begins anew.</summary>
internal sealed class ExportRunner(
    IGrainFactory grains, IEventLog events, ObjectStore objects, IArtifactStore artifacts, DataFiles files, StorageQuota quota) : IJobRunner
{
    public JobKind Kind => JobKind.Export;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        run.Report(0, "reading the dataset");
        var job = (await grains.ExpectAsync<DatasetExportJobState>(run.Resource)).ExportJob;
        var groupArn = Arn.DatasetGroup(job.DatasetArn.Region, job.DatasetArn.Account, job.DatasetArn.Parent);
        using var reading = files.Read(groupArn);
        var group = await grains.GetGrain<IDatasetGroupGrain>(groupArn.ToString()).GetDataAsync(run.CancellationToken);
        var dataset = group?.Datasets.FirstOrDefault(data => data.DatasetArn == job.DatasetArn) ?? throw Refuse.NotFound(job.DatasetArn);
        var folder = await OpenFolderAsync(run, groupArn);
        var all = job.IngestionMode is IngestionModes.Bulk
            ? dataset : await EventCompactor.ReadOnAsync(artifacts, group!, dataset, events, run.CancellationToken);
        try
        {
            Require(job, all);
            var exported = await CsvExporter.ExportAsync(
                new CsvExport { Artifacts = artifacts, Dataset = all, IngestionMode = job.IngestionMode, Folder = folder },
                new RunProgress(run), run.CancellationToken);
            await WriteAsync(run, job, exported);
            return new WorkResult(exported.Rows, Refused: 0);
        }
        finally
        {
            await files.DeleteAsync(DatasetRules.FilesOf(all).Except(DatasetRules.FilesOf(dataset)));
        }
    }

    /// <summary>What was written is in the bucket, and the tenant's.</summary>
    public Task DiscardAsync(Arn resource, JobResult result) => Task.CompletedTask;

    /// <summary>A folder of the attempt's own: another one that has not noticed yet that it is over writes elsewhere.</summary>
    private async Task<string> OpenFolderAsync(JobRun run, Arn groupArn)
    {
        var folder = await artifacts.OpenFolderAsync(ArtifactNames.OutputFolder(groupArn, run.Resource), run.CancellationToken);
        return Directory.CreateDirectory(Path.Combine(folder.Path, run.Attempt.ToString(CultureInfo.InvariantCulture))).FullName;
    }

    /// <summary>Text takes more room than segments do; how much more, nobody knows before it is written.</summary>
    private void Require(ExportJobRecord job, DatasetData dataset) =>
        quota.Require(job.Arn.Account, dataset.BulkSegments.Concat(dataset.StreamedSegments).Sum(segment => segment.SizeBytes));

    private async Task WriteAsync(JobRun run, ExportJobRecord job, CsvExported exported)
    {
        for (var part = 0; part < exported.Parts.Count; part++)
        {
            run.Report(0.9 + 0.1 * part / exported.Parts.Count, "writing the output");
            await using var content = File.OpenRead(exported.Parts[part]);
            var left = quota.Require(job.Arn.Account, content.Length);
            var name = string.Create(CultureInfo.InvariantCulture, $"{job.Name}.part-{part:D5}.csv");
            await objects.PutIntoAsync(job.Arn.Account, job.Output.Path, name, content, left, run.CancellationToken);
        }
    }

    private sealed class RunProgress(JobRun run) : IProgress<double>
    {
        public void Report(double value) => run.Report(0.9 * value, "writing rows");
    }
}
