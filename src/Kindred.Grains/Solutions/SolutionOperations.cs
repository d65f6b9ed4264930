using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Solutions;

/// <summary>Making, changing and deleting solutions; runs on the tenant's turn.</summary>
internal sealed class SolutionOperations(
    IGrainFactory grains, Inventory inventory, VersionRemoval removal, TenantLimits limits, TimeProvider clock)
{
    public async Task<CreateSolutionResponse> CreateAsync(CreateSolutionRequest request, Caller caller)
    {
        var arn = caller.Name<SolutionState>(request.Name);
        if (!await grains.IsRepeatAsync<SolutionState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            SolutionRequestRules.Check(request);
            var created = Created(arn, group.Arn, request, caller);
            if ((await inventory.InAsync<SolutionState>(group.Arn)).Count >= limits.SolutionsPerDatasetGroup)
                throw Refuse.TooMany($"A dataset group can have at most {limits.SolutionsPerDatasetGroup} solutions.");
            await grains.Resource<SolutionState>(arn).CreateAsync(created);
        }
        return new CreateSolutionResponse { SolutionArn = arn.ToString() };
    }

    public async Task<UpdateSolutionResponse> UpdateAsync(UpdateSolutionRequest request, Caller caller)
    {
        var arn = caller.Own<SolutionState>(request.SolutionArn);
        var current = await grains.ExpectAsync<SolutionState>(arn);
        if (current.Status != ResourceStatus.Active) throw Refuse.InUse($"The solution {arn} is being deleted.");
        SolutionRequestRules.Check(request, current.Solution.RecipeArn is { } recipe ? RecipeCatalog.FindByArn(recipe) : null);
        await Solution(arn).UpdateAsync(request);
        return new UpdateSolutionResponse { SolutionArn = arn.ToString() };
    }

    public async Task DeleteAsync(SolutionState solution)
    {
        // The mark goes first: if the process dies on the way, the next start deletes the rest.
        await Solution(solution.Arn).BeginDeleteAsync();
        foreach (var version in await inventory.InAsync<SolutionVersionState>(solution.Arn)) await removal.RemoveAsync(version);
        await Solution(solution.Arn).DeleteAsync();
    }

    private ISolutionResource Solution(Arn arn) => grains.GetGrain<ISolutionResource>(arn.ToString());

    private SolutionState Created(Arn arn, Arn groupArn, CreateSolutionRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new SolutionState
        {
            Solution = new SolutionRecord
            {
                Name = request.Name, Arn = arn, DatasetGroupArn = groupArn, RecipeArn = request.RecipeArn,
                PerformHPO = request.PerformHPO ?? false, PerformAutoML = request.PerformAutoML ?? false,
                PerformAutoTraining = request.PerformAutoTraining ?? true, PerformIncrementalUpdate = request.PerformIncrementalUpdate ?? false,
                EventType = request.EventType, Config = request.SolutionConfig,
                Status = ResourceStatus.Active, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
