using Kindred.Contracts.Access;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Examples.Placements;

/// <summary>Making placements; runs on the tenant's turn.</summary>
internal sealed class PlacementOperations(IGrainFactory grains, TimeProvider clock)
{
    public async Task<CreateRecommenderResponse> CreateAsync(CreateRecommenderRequest request, Caller caller)
    {
        var arn = caller.Name<PlacementState>(request.Name);
        if (!await grains.IsRepeatAsync<PlacementState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            await grains.Resource<PlacementState>(arn).CreateAsync(new PlacementState
            {
                Placement = new PlacementRecord
                {
                    Name = request.Name, Arn = arn, DatasetGroupArn = group.Arn, RecipeArn = request.RecipeArn, CreatedAt = clock.GetUtcNow(),
                },
                Origin = caller.Origin(request.Tags),
            });
        }
        return new CreateRecommenderResponse { RecommenderArn = arn.ToString() };
    }
}
