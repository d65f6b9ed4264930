using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;
using Kindred.Grains.Files;
using Kindred.Grains.Resources;
using Kindred.Serving;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Datasets;

/// <summary>Making, changing and deleting datasets; runs on the tenant's turn.</summary>
internal sealed class DatasetOperations(
    IGrainFactory grains, Inventory inventory, GroupDirectory directory, IEventLog events, DataFiles files, TimeProvider clock)
{
    public async Task<CreateDatasetResponse> CreateAsync(CreateDatasetRequest request, Caller caller)
    {
        var type = TypeOf(request.DatasetType);
        var groupArn = caller.Own<DatasetGroupState>(request.DatasetGroupArn);
        var arn = caller.Name<DatasetState>($"{groupArn.Name}/{type}");
        if (!await grains.IsRepeatAsync<DatasetState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(groupArn);
            if (group.Status is not ResourceStatus.Active) throw Refuse.InUse($"The dataset group {groupArn} is being deleted.");
            var schema = await grains.ExpectAsync<SchemaState>(caller.Own<SchemaState>(request.SchemaArn));
            CheckSchema(schema.Schema, type, group.DatasetGroup);
            // Whatever was streamed before belongs to an earlier dataset of this type, which was deleted.
            var streamed = await events.EndPositionAsync(groupArn, CancellationToken.None);
            var data = new DatasetData { DatasetArn = arn, DatasetType = type, Schema = schema.Schema.Document, CompactedThrough = streamed };
            await grains.Resource<DatasetState>(arn).CreateAsync(Created(data, group, schema, request, caller));
            await directory.RefreshAsync(groupArn, CancellationToken.None);
        }
        return new CreateDatasetResponse { DatasetArn = arn.ToString() };
    }

    /// <summary>Gives a dataset of items or users a schema with further columns.</summary>
    public async Task<UpdateDatasetResponse> UpdateAsync(UpdateDatasetRequest request, Caller caller)
    {
        var current = await grains.ExpectAsync<DatasetState>(caller.Own<DatasetState>(request.DatasetArn));
        var (arn, type) = (current.Arn, current.Data.DatasetType);
        if (type is not (DatasetTypes.Items or DatasetTypes.Users))
            throw Refuse.Invalid($"The dataset {arn} is of the type {type}; only the schema of Items or Users can be replaced.");
        var group = await grains.ExpectAsync<DatasetGroupState>(current.Dataset.DatasetGroupArn);
        var schema = await grains.ExpectAsync<SchemaState>(caller.Own<SchemaState>(request.SchemaArn));
        CheckSchema(schema.Schema, type, group.DatasetGroup);
        SchemaChange.Check(ParsedSchema.Parse(current.Data.Schema), ParsedSchema.Parse(schema.Schema.Document));
        var imports = await inventory.OfAccountAsync<DatasetImportJobState>(arn);
        if (imports.Find(job => job.ImportJob.DatasetArn == arn && ResourceStatus.IsUnfinished(job.Status)) is { } import)
            throw Refuse.InUse($"The import {import.Arn} reads into the dataset {arn} with the schema that it has.");
        await grains.GetGrain<IDatasetResource>(arn.ToString()).ChangeSchemaAsync(schema.Arn, schema.Schema.Document);
        await directory.RefreshAsync(group.Arn, CancellationToken.None);
        return new UpdateDatasetResponse { DatasetArn = arn.ToString() };
    }

    public async Task DeleteAsync(DatasetState dataset)
    {
        var groupArn = dataset.Dataset.DatasetGroupArn;
        await grains.Resource<DatasetState>(dataset.Arn).DeleteAsync();
        await directory.RefreshAsync(groupArn, CancellationToken.None);
        files.DeleteWhenUnread(groupArn, DatasetRules.FilesOf(dataset.Data));
    }

    private static string TypeOf(string text) => DatasetKinds.Find(text)?.Name
        ?? throw Refuse.Invalid($"The dataset type '{text}' does not exist; one of {DatasetKinds.Available} was expected.");

    private static void CheckSchema(SchemaRecord schema, string type, DatasetGroupRecord group)
    {
        var faults = new Faults();
        faults.Require(schema.Domain == group.Domain,
            $"The schema {schema.Arn} is made for {schema.Domain ?? "no domain"}, "
            + $"the dataset group {group.Arn} for {group.Domain ?? "no domain"}; they must be the same.");
        faults.Hear(() => ParsedSchema.Parse(schema.Document).CheckFor(type, group.Domain));
        faults.ThrowIfAny();
    }

    private DatasetState Created(DatasetData data, DatasetGroupState group, SchemaState schema, CreateDatasetRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new DatasetState
        {
            Dataset = new DatasetRecord
            {
                Name = request.Name, Arn = data.DatasetArn, DatasetGroupArn = group.Arn, DatasetType = data.DatasetType,
                TrackingId = data.DatasetType is DatasetTypes.ActionInteractions ? ResourceIds.Uuid(caller, data.DatasetArn.ToString()) : null,
                SchemaArn = schema.Arn, Status = ResourceStatus.Active, CreatedAt = now, UpdatedAt = now,
            },
            Data = data,
            Origin = caller.Origin(request.Tags),
        };
    }
}
