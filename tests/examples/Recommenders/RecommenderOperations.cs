using Kindred.Contracts.Access;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Examples.Recommenders;

/// <summary>Making recommenders; runs on the tenant's turn.</summary>
internal sealed class RecommenderOperations(IGrainFactory grains, TimeProvider clock)
{
    public async Task<CreateRecommenderResponse> CreateAsync(CreateRecommenderRequest request, Caller caller)
    {
        var arn = caller.Name<RecommenderState>(request.Name);
        if (!await grains.IsRepeatAsync<RecommenderState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            await grains.Resource<RecommenderState>(arn).CreateAsync(new RecommenderState
            {
                Recommender = new RecommenderRecord
                {
                    Name = request.Name, Arn = arn, DatasetGroupArn = group.Arn, RecipeArn = request.RecipeArn, CreatedAt = clock.GetUtcNow(),
                },
                Origin = caller.Origin(request.Tags),
            });
        }
        return new CreateRecommenderResponse { RecommenderArn = arn.ToString() };
    }
}
