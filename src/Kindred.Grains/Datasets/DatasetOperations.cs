using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;
using Kindred.Grains.Files;
using Kindred.Grains.Resources;
using Kindred.Grains.Schemas;
using Kindred.Serving;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Datasets;

/// <summary>Making and deleting datasets; runs on the tenant's turn.</summary>
internal sealed class DatasetOperations(
    IGrainFactory grains, Inventory inventory, GroupDirectory directory, IEventLog events, DataFiles files, TimeProvider clock)
{
    private static readonly string[] Available = [DatasetTypes.Interactions, DatasetTypes.Items, DatasetTypes.Users];

    public async Task<CreateDatasetResponse> CreateAsync(CreateDatasetRequest request, Caller caller)
    {
        var type = TypeOf(request.DatasetType);
        var groupArn = caller.Own(request.DatasetGroupArn, ResourceTypes.DatasetGroup);
        var arn = Arn.Dataset(caller.Region, caller.Account, groupArn.Name, type).Checked();
        var dataset = grains.GetGrain<IDatasetResource>(arn.ToString());
        if (!await dataset.IsRepeatAsync(arn, caller))
        {
            var group = await grains.GetGrain<IDatasetGroupResource>(groupArn.ToString()).FindAsync() ?? throw Refuse.NotFound(groupArn);
            if (group.DatasetGroup!.Status is not ResourceStatus.Active) throw Refuse.InUse($"The dataset group {groupArn} is being deleted.");
            var schema = await FindSchemaAsync(request, caller);
            CheckSchema(schema.Schema!, type, group.DatasetGroup!);
            // Whatever was streamed before belongs to an earlier dataset of this type, which was deleted.
            var streamed = await events.EndPositionAsync(groupArn, CancellationToken.None);
            var data = new DatasetData { DatasetArn = arn, DatasetType = type, Schema = schema.Schema!.Schema!, CompactedThrough = streamed };
            await dataset.CreateAsync(Created(data, groupArn, request, caller));
            await directory.RefreshAsync(groupArn, CancellationToken.None);
        }
        return new CreateDatasetResponse { DatasetArn = arn.ToString() };
    }

    public async Task DeleteAsync(DeleteDatasetRequest request, Caller caller)
    {
        var arn = caller.Own(request.DatasetArn, ResourceTypes.Dataset);
        var groupArn = Arn.DatasetGroup(arn.Region, arn.Account, arn.Parent);
        var dataset = grains.GetGrain<IDatasetResource>(arn.ToString());
        var state = await dataset.FindAsync() ?? throw Refuse.NotFound(arn);
        await RefuseWhileInUseAsync(arn, groupArn, state.Data!.DatasetType);

        await dataset.DeleteAsync();
        await directory.RefreshAsync(groupArn, CancellationToken.None);
        files.DeleteWhenUnread(groupArn, DatasetRules.FilesOf(state.Data));
    }

    private static string TypeOf(string text)
    {
        var type = DatasetTypes.Find(text)
            ?? throw Refuse.Invalid($"The dataset type '{text}' does not exist; one of Interactions, Items, Users was expected.");
        return Available.Contains(type)
            ? type
            : throw Refuse.Invalid($"Datasets of type '{text}' are not available in this release; "
                + "one of Interactions, Items, Users was expected.");
    }

    private async Task<SchemaState> FindSchemaAsync(CreateDatasetRequest request, Caller caller)
    {
        var arn = caller.Own(request.SchemaArn, ResourceTypes.Schema);
        return await grains.GetGrain<ISchemaResource>(arn.ToString()).FindAsync() ?? throw Refuse.NotFound(arn);
    }

    private static void CheckSchema(DatasetSchema schema, string type, DatasetGroup group)
    {
        var faults = new Faults();
        faults.Require(schema.Domain == group.Domain,
            $"The schema {schema.SchemaArn} is made for {schema.Domain ?? "no domain"}, "
            + $"the dataset group {group.DatasetGroupArn} for {group.Domain ?? "no domain"}; they must be the same.");
        faults.Hear(() => ParsedSchema.Parse(schema.Schema!).CheckFor(type, group.Domain));
        faults.ThrowIfAny();
    }

    private async Task RefuseWhileInUseAsync(Arn arn, Arn groupArn, string type)
    {
        if (type is DatasetTypes.Interactions && await inventory.TrackerAsync(groupArn) is { } tracker)
            throw Refuse.InUse($"The dataset {arn} receives the events of the event tracker {tracker.Tracker!.EventTrackerArn}.");

        var import = (await inventory.ImportJobsAsync(arn)).Find(job =>
            job.ImportJob!.DatasetArn == arn.ToString() && ResourceStatus.IsUnfinished(job.ImportJob.Status));
        if (import is not null) throw Refuse.InUse($"The import job {import.ImportJob!.DatasetImportJobArn} into the dataset {arn} has not ended.");

        var version = (await inventory.AllVersionsAsync(arn)).Find(version =>
            version.Version!.DatasetGroupArn == groupArn.ToString() && ResourceStatus.IsUnfinished(version.Version.Status));
        if (version is not null)
            throw Refuse.InUse($"The solution version {version.Version!.SolutionVersionArn} is being trained on the dataset {arn}.");

        var solutions = (await inventory.SolutionsAsync(groupArn)).Select(solution => solution.Solution!.SolutionArn).ToHashSet();
        var campaign = (await inventory.AllCampaignsAsync(arn)).Find(campaign =>
            solutions.Contains(campaign.SolutionArn.ToString())
            && campaign.Campaign!.Status is ResourceStatus.Active or ResourceStatus.CreatePending or ResourceStatus.CreateInProgress);
        if (campaign is not null) throw Refuse.InUse($"The campaign {campaign.Campaign!.CampaignArn} uses the dataset {arn}.");
    }

    private DatasetState Created(DatasetData data, Arn groupArn, CreateDatasetRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new DatasetState
        {
            Dataset = new Dataset
            {
                Name = request.Name, DatasetArn = data.DatasetArn.ToString(), DatasetGroupArn = groupArn.ToString(), DatasetType = data.DatasetType,
                SchemaArn = request.SchemaArn, Status = ResourceStatus.Active, CreationDateTime = now, LastUpdatedDateTime = now,
            },
            Data = data,
            Origin = caller.Origin(request.Tags),
        };
    }
}
