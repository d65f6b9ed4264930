using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Filters;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Serving.Filters;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Filters;

/// <summary>Making filters; runs on the tenant's turn. A filter is checked whole before it is made, so every one that there is works.</summary>
internal sealed class FilterOperations(IGrainFactory grains, Inventory inventory, TenantLimits limits, TimeProvider clock)
{
    public async Task<CreateFilterResponse> CreateAsync(CreateFilterRequest request, Caller caller)
    {
        var arn = caller.Name<FilterState>(request.Name);
        if (!await grains.IsRepeatAsync<FilterState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            var others = (await inventory.InAsync<FilterState>(group.Arn)).Count;
            if (others >= limits.FiltersPerGroup)
                throw Refuse.TooMany($"A dataset group can have at most {limits.FiltersPerGroup} filters; delete some that are not needed any more.");
            await CheckAsync(request.FilterExpression, group);
            var now = clock.GetUtcNow();
            await grains.Resource<FilterState>(arn).CreateAsync(new FilterState
            {
                Filter = new FilterRecord
                {
                    Name = request.Name, Arn = arn, DatasetGroupArn = group.Arn, Expression = request.FilterExpression,
                    Status = ResourceStatus.Active, CreatedAt = now, UpdatedAt = now,
                },
                Origin = caller.Origin(request.Tags),
            });
        }
        return new CreateFilterResponse { FilterArn = arn.ToString() };
    }

    private async Task CheckAsync(string text, DatasetGroupState group)
    {
        if (!FilterParser.TryParse(text, out var expression, out var fault)) throw Refuse.Invalid($"filterExpression is wrong. {fault}");
        var schemas = new Dictionary<string, ParsedSchema>(StringComparer.OrdinalIgnoreCase);
        foreach (var dataset in await inventory.InAsync<DatasetState>(group.Arn))
            schemas[dataset.Data.DatasetType] = ParsedSchema.Parse(dataset.Data.Schema);
        var faults = FilterRules.Check(expression, schemas.GetValueOrDefault);
        if (faults.Count > 0) throw Refuse.Invalid($"filterExpression is wrong. {string.Join(' ', faults)}");
    }
}
