using Kindred.Contracts.Access;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Examples.Filters;

/// <summary>Making filters; runs on the tenant's turn.</summary>
internal sealed class FilterOperations(IGrainFactory grains, TimeProvider clock)
{
    public async Task<CreateFilterResponse> CreateAsync(CreateFilterRequest request, Caller caller)
    {
        var arn = caller.Name<FilterState>(request.Name);
        if (!await grains.IsRepeatAsync<FilterState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            await grains.Resource<FilterState>(arn).CreateAsync(new FilterState
            {
                Filter = new FilterRecord
                {
                    Name = request.Name, Arn = arn, DatasetGroupArn = group.Arn, Expression = request.FilterExpression, CreatedAt = clock.GetUtcNow(),
                },
                Origin = caller.Origin(request.Tags),
            });
        }
        return new CreateFilterResponse { FilterArn = arn.ToString() };
    }
}
