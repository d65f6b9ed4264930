using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Grains.Solutions;

/// <summary>Making, changing and deleting solutions; runs on the tenant's turn.</summary>
internal sealed class SolutionOperations(IGrainFactory grains, Inventory inventory, VersionFiles files, TenantLimits limits, TimeProvider clock)
{
    public async Task<CreateSolutionResponse> CreateAsync(CreateSolutionRequest request, Caller caller)
    {
        var arn = Arn.Solution(caller.Region, caller.Account, request.Name).Checked();
        var solution = grains.GetGrain<ISolutionResource>(arn.ToString());
        if (!await solution.IsRepeatAsync(arn, caller))
        {
            var groupArn = caller.Own(request.DatasetGroupArn, ResourceTypes.DatasetGroup);
            if (await grains.GetGrain<IDatasetGroupResource>(groupArn.ToString()).FindAsync() is null) throw Refuse.NotFound(groupArn);
            SolutionRequestRules.Check(request);
            var created = Created(arn, request, caller);
            if ((await inventory.SolutionsAsync(groupArn)).Count >= limits.SolutionsPerDatasetGroup)
                throw Refuse.TooMany($"A dataset group can have at most {limits.SolutionsPerDatasetGroup} solutions.");
            await solution.CreateAsync(created);
        }
        return new CreateSolutionResponse { SolutionArn = arn.ToString() };
    }

    public async Task<UpdateSolutionResponse> UpdateAsync(UpdateSolutionRequest request, Caller caller)
    {
        var arn = caller.Own(request.SolutionArn, ResourceTypes.Solution);
        var solution = grains.GetGrain<ISolutionResource>(arn.ToString());
        var current = await solution.FindAsync() ?? throw Refuse.NotFound(arn);
        if (current.Solution!.Status != ResourceStatus.Active) throw Refuse.InUse($"The solution {arn} is being deleted.");
        SolutionRequestRules.Check(request, current.Solution.RecipeArn is { } recipe ? RecipeCatalog.FindByArn(recipe) : null);
        await solution.UpdateAsync(request);
        return new UpdateSolutionResponse { SolutionArn = arn.ToString() };
    }

    public async Task DeleteAsync(DeleteSolutionRequest request, Caller caller)
    {
        var arn = caller.Own(request.SolutionArn, ResourceTypes.Solution);
        var solution = grains.GetGrain<ISolutionResource>(arn.ToString());
        if (await solution.FindAsync() is null) throw Refuse.NotFound(arn);
        var versions = await inventory.VersionsAsync(arn);
        if (await inventory.CampaignsOfAsync(arn) is [var campaign, ..])
            throw Refuse.InUse($"The solution {arn} is used by the campaign {campaign.Campaign!.CampaignArn}.");
        if (versions.Find(version => ResourceStatus.IsUnfinished(version.Version!.Status)) is { } training)
            throw Refuse.InUse($"The solution version {training.Version!.SolutionVersionArn} has not ended its training.");

        // The mark goes first: if the process dies on the way, the next start deletes the rest.
        await solution.BeginDeleteAsync();
        foreach (var version in versions) await DeleteVersionAsync(version);
        await solution.DeleteAsync();
    }

    private async Task DeleteVersionAsync(SolutionVersionState version)
    {
        var arn = Arn.Parse(version.Version!.SolutionVersionArn!);
        // A version that is being refined is ACTIVE, and can be deleted like any other: nobody wants the rest of its training.
        await grains.GetGrain<IJobControl>(arn.ToString()).ForgetAsync();
        await grains.GetGrain<ISolutionVersionResource>(arn.ToString()).DeleteAsync();
        await files.DeleteTrainingAsync(arn);
        if (version.ArtifactPath is not null)
            await files.DeleteModelsAsync(
                VersionFiles.Artifact(arn, TrainingEffort.Quick), VersionFiles.Artifact(arn, TrainingEffort.Full), version.ArtifactPath);
    }

    private SolutionState Created(Arn arn, CreateSolutionRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new SolutionState
        {
            Solution = new Solution
            {
                Name = request.Name, SolutionArn = arn.ToString(),
                PerformHPO = request.PerformHPO ?? false, PerformAutoML = request.PerformAutoML ?? false,
                PerformAutoTraining = request.PerformAutoTraining ?? true, PerformIncrementalUpdate = request.PerformIncrementalUpdate ?? false,
                RecipeArn = request.RecipeArn, DatasetGroupArn = request.DatasetGroupArn, EventType = request.EventType,
                SolutionConfig = request.SolutionConfig, Status = ResourceStatus.Active, CreationDateTime = now, LastUpdatedDateTime = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
