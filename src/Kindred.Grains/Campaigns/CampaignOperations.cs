using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Grains.Campaigns;

/// <summary>Making, moving and deleting campaigns; runs on the tenant's turn.</summary>
internal sealed class CampaignOperations(IGrainFactory grains, Inventory inventory, VersionFiles files, TenantLimits limits, TimeProvider clock)
{
    private const string Latest = "$LATEST";

    public async Task<CreateCampaignResponse> CreateAsync(CreateCampaignRequest request, Caller caller)
    {
        var arn = Arn.Campaign(caller.Region, caller.Account, request.Name).Checked();
        var campaign = grains.GetGrain<ICampaignResource>(arn.ToString());
        if (!await campaign.IsRepeatAsync(arn, caller))
        {
            var (solution, version, namesLatest) = await FindVersionAsync(request.SolutionVersionArn, caller);
            var target = Target(arn, version, request.CampaignConfig, namesLatest);
            var created = Created(arn, solution, target, request, caller);
            await CheckLimitAsync(arn, target.DatasetGroupArn);
            await campaign.CreateAsync(created);
        }
        if ((await campaign.FindAsync())?.Pending is not null) await StartAsync(arn);
        return new CreateCampaignResponse { CampaignArn = arn.ToString() };
    }

    public async Task<UpdateCampaignResponse> UpdateAsync(UpdateCampaignRequest request, Caller caller)
    {
        var arn = caller.Own(request.CampaignArn, ResourceTypes.Campaign);
        var campaign = grains.GetGrain<ICampaignResource>(arn.ToString());
        var current = await campaign.FindAsync() ?? throw Refuse.NotFound(arn);
        if (current.Campaign!.Status is not (ResourceStatus.Active or ResourceStatus.CreateFailed))
            throw Refuse.InUse($"The campaign {arn} is {current.Campaign.Status}; it can be updated once it is ACTIVE or CREATE FAILED.");

        var config = request.CampaignConfig ?? current.Campaign.CampaignConfig;
        // A campaign that follows its solution stays with $LATEST until it is told to follow no more.
        var follows = request.SolutionVersionArn is null
            && config?.SyncWithLatestSolutionVersion is true
            && current.Campaign.CampaignConfig?.SyncWithLatestSolutionVersion is true;
        var (solution, version, namesLatest) = await FindVersionAsync(request.SolutionVersionArn ?? current.Campaign.SolutionVersionArn!, caller);
        if (solution != current.SolutionArn)
            throw Refuse.Invalid(
                $"The campaign {arn} serves versions of {current.SolutionArn}; {request.SolutionVersionArn} belongs to another solution.");
        await campaign.BeginUpdateAsync(Target(arn, version, config, namesLatest || follows), request.MinProvisionedTPS, request.CampaignConfig);
        await StartAsync(arn);
        return new UpdateCampaignResponse { CampaignArn = arn.ToString() };
    }

    public async Task DeleteAsync(DeleteCampaignRequest request, Caller caller)
    {
        var arn = caller.Own(request.CampaignArn, ResourceTypes.Campaign);
        var campaign = grains.GetGrain<ICampaignResource>(arn.ToString());
        if (await campaign.FindAsync() is null) throw Refuse.NotFound(arn);
        await grains.GetGrain<IJobControl>(arn.ToString()).ForgetAsync();
        await campaign.DeleteAsync();
    }

    /// <summary>
    /// Brings the campaigns of a solution to what its versions are now: each to the refined model of its version, and those that follow
    /// the solution to its latest ACTIVE version. A follower does not move to a version that is still being refined: its quick model
    /// would be a step back.
    /// </summary>
    public async Task SyncAsync(Arn solutionArn)
    {
        var versions = (await inventory.VersionsAsync(solutionArn)).FindAll(version => version.Version!.Status is ResourceStatus.Active);
        if (versions.Count == 0) return;
        var campaigns = await inventory.CampaignsOfAsync(solutionArn);
        await ReplaceModelsAsync(campaigns, versions);
        if (versions.FindAll(version => !SolutionVersionRules.IsRefining(version)).MaxBy(version => version.Sequence) is { } latest)
            await MoveFollowersAsync(campaigns, latest, versions);
    }

    private async Task ReplaceModelsAsync(List<CampaignState> campaigns, List<SolutionVersionState> versions)
    {
        foreach (var version in versions)
        {
            var arn = Arn.Parse(version.Version!.SolutionVersionArn!);
            foreach (var campaign in campaigns.Where(campaign => campaign.Serving?.SolutionVersionArn == arn
                    || campaign.Pending?.SolutionVersionArn == arn))
                await grains.GetGrain<ICampaignResource>(campaign.Campaign!.CampaignArn!).ReplaceModelAsync(arn.ToString(), version.ArtifactPath!);
            // Only now does nothing name the older model any more: campaigns are made and moved on this same turn.
            if (version.Refinement is not Refinement.Done) continue;
            await files.DeleteModelsAsync(version.Updates > 0
                ? VersionFiles.Artifact(arn, TrainingEffort.Full, version.Updates - 1)
                : VersionFiles.Artifact(arn, TrainingEffort.Quick));
        }
    }

    private async Task MoveFollowersAsync(List<CampaignState> campaigns, SolutionVersionState latest, List<SolutionVersionState> versions)
    {
        foreach (var campaign in campaigns)
        {
            var current = campaign.Campaign!;
            var follows = current.CampaignConfig?.SyncWithLatestSolutionVersion is true
                && current.Status is ResourceStatus.Active
                && campaign.Pending is null;
            var serves = versions.Find(version => version.Version!.SolutionVersionArn == current.SolutionVersionArn);
            if (!follows || serves?.Sequence >= latest.Sequence) continue;
            var arn = Arn.Parse(current.CampaignArn!);
            await grains.GetGrain<ICampaignResource>(arn.ToString()).BeginUpdateAsync(
                Target(arn, latest, current.CampaignConfig, namesLatest: true), current.MinProvisionedTPS, current.CampaignConfig);
            await StartAsync(arn);
        }
    }

    private Task StartAsync(Arn arn) => grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.Deploy);

    private async Task<(Arn Solution, SolutionVersionState Version, bool NamesLatest)> FindVersionAsync(string text, Caller caller)
    {
        var arn = caller.Own(text, ResourceTypes.Solution);
        if (!arn.Name.Contains('/'))
            throw Refuse.Invalid($"'{text}' is the ARN of a solution; one of a solution version, or {text}/{Latest}, was expected.");
        var solution = Arn.Solution(arn.Region, arn.Account, arn.Parent);
        if (await grains.GetGrain<ISolutionResource>(solution.ToString()).FindAsync() is not { } parent) throw Refuse.NotFound(solution);
        if (parent.Solution!.Status is not ResourceStatus.Active) throw Refuse.InUse($"The solution {solution} is being deleted.");

        if (arn.Name.EndsWith($"/{Latest}", StringComparison.Ordinal))
        {
            var latest = await FindLatestAsync(solution) ?? throw Refuse.Invalid($"The solution {solution} has no version that is ACTIVE yet.");
            return (solution, latest, true);
        }

        var version = await grains.GetGrain<ISolutionVersionResource>(arn.ToString()).FindAsync() ?? throw Refuse.NotFound(arn);
        return version.Version!.Status switch
        {
            ResourceStatus.Active => (solution, version, false),
            var status when ResourceStatus.IsUnfinished(status) =>
                throw Refuse.InUse($"The solution version {arn} is {status}; it can be deployed once it is ACTIVE."),
            var status => throw Refuse.Invalid($"The solution version {arn} is {status}; only one that is ACTIVE can be deployed."),
        };
    }

    private async Task<SolutionVersionState?> FindLatestAsync(Arn solution) =>
        (await inventory.VersionsAsync(solution))
            .Where(version => version.Version!.Status is ResourceStatus.Active)
            .MaxBy(version => version.Sequence);

    private static CampaignServing Target(Arn arn, SolutionVersionState version, CampaignConfig? config, bool namesLatest)
    {
        var recipe = RecipeCatalog.FindByArn(version.Version!.RecipeArn!)!;
        CampaignRequestRules.Check(config, recipe, namesLatest);
        return new CampaignServing
        {
            CampaignArn = arn, SolutionVersionArn = Arn.Parse(version.Version.SolutionVersionArn!),
            DatasetGroupArn = Arn.Parse(version.Version.DatasetGroupArn!),
            Recipe = recipe.Name, ArtifactPath = version.ArtifactPath!,
            MetadataEnabled = recipe.IsV2 || config?.EnableMetadataWithRecommendations is true,
            ItemExploration = config?.ItemExplorationConfig ?? new Dictionary<string, string>(),
            RankingInfluence = config?.RankingInfluence ?? new Dictionary<string, double>(),
        };
    }

    private async Task CheckLimitAsync(Arn arn, Arn groupArn)
    {
        var solutions = (await inventory.SolutionsAsync(groupArn)).Select(solution => solution.Solution!.SolutionArn!).ToHashSet();
        var campaigns = (await inventory.AllCampaignsAsync(arn)).Count(campaign => solutions.Contains(campaign.SolutionArn.ToString()));
        if (campaigns >= limits.CampaignsPerDatasetGroup)
            throw Refuse.TooMany($"A dataset group can have at most {limits.CampaignsPerDatasetGroup} campaigns.");
    }

    private CampaignState Created(Arn arn, Arn solution, CampaignServing target, CreateCampaignRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new CampaignState
        {
            Campaign = new Campaign
            {
                Name = request.Name, CampaignArn = arn.ToString(), SolutionVersionArn = target.SolutionVersionArn.ToString(),
                MinProvisionedTPS = request.MinProvisionedTPS ?? 1, CampaignConfig = request.CampaignConfig,
                Status = ResourceStatus.CreatePending, CreationDateTime = now, LastUpdatedDateTime = now,
            },
            Pending = target, SolutionArn = solution,
            Origin = caller.Origin(request.Tags),
        };
    }
}
