using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving;

namespace Kindred.Grains.Datasets;

/// <summary>Publishes an import in its dataset's manifest with one write, and shows on the import job how it went.</summary>
internal sealed class ImportDecision(IGrainFactory grains, DataFiles files, GroupDirectory directory) : IJobDecision
{
    public JobKind Kind => JobKind.Import;

    public Task<bool> BeginAsync(Arn resource) => ImportJob(resource).BeginAsync();

    public async Task PublishAsync(Arn resource, JobResult result)
    {
        var (datasetArn, publication) = (ImportResult)result;
        var arn = Arn.Parse(datasetArn);
        var groupArn = Arn.DatasetGroup(arn.Region, arn.Account, arn.Parent);
        var dataset = grains.GetGrain<IDatasetResource>(datasetArn);
        var before = await dataset.PublishImportAsync(publication) ?? throw Refuse.NotFound(arn);
        await directory.RefreshAsync(groupArn, CancellationToken.None);
        var after = await dataset.FindAsync();
        files.DeleteWhenUnread(groupArn, DatasetRules.FilesOf(before).Except(DatasetRules.FilesOf(after!.Data!)).ToArray());
        await ImportJob(resource).CompleteAsync(publication);
    }

    public Task FailAsync(Arn resource, string reason) => ImportJob(resource).FailAsync(reason);

    public Task StopAsync(Arn resource) => ImportJob(resource).FailAsync("The import was stopped.");

    private IDatasetImportJobResource ImportJob(Arn arn) => grains.GetGrain<IDatasetImportJobResource>(arn.ToString());
}
