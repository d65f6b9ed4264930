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
internal sealed class CampaignOperations(IGrainFactory grains, Inventory inventory, VersionFiles files, TenantAllowances allowances, TimeProvider clock)
{
    private const string Latest = "$LATEST";

    public async Task<CreateCampaignResponse> CreateAsync(CreateCampaignRequest request, Caller caller)
    {
        var arn = caller.Name<CampaignState>(request.Name);
        if (!await grains.IsRepeatAsync<CampaignState>(arn, caller))
        {
            var (solution, version, namesLatest) = await FindVersionAsync(request.SolutionVersionArn, caller);
            var target = Target(arn, version, request.CampaignConfig, namesLatest);
            var created = Created(arn, solution, target, request, caller);
            await CheckLimitAsync(arn, target.DatasetGroupArn);
            await Campaign(arn).CreateAsync(created);
        }
        if ((await grains.FindAsync<CampaignState>(arn))?.Pending is not null) await StartAsync(arn);
        return new CreateCampaignResponse { CampaignArn = arn.ToString() };
    }

    public async Task<UpdateCampaignResponse> UpdateAsync(UpdateCampaignRequest request, Caller caller)
    {
        var arn = caller.Own<CampaignState>(request.CampaignArn);
        var current = await grains.ExpectAsync<CampaignState>(arn);
        if (current.Status is not (ResourceStatus.Active or ResourceStatus.CreateFailed))
            throw Refuse.InUse($"The campaign {arn} is {current.Status}; it can be updated once it is ACTIVE or CREATE FAILED.");

        var config = request.CampaignConfig ?? current.Campaign.Config;
        // A campaign that follows its solution stays with $LATEST until it is told to follow no more.
        var follows = request.SolutionVersionArn is null
            && config?.SyncWithLatestSolutionVersion is true
            && current.Campaign.Config?.SyncWithLatestSolutionVersion is true;
        var (solution, version, namesLatest) = await FindVersionAsync(
            request.SolutionVersionArn ?? current.Campaign.SolutionVersionArn.ToString(), caller);
        if (solution != current.SolutionArn)
            throw Refuse.Invalid(
                $"The campaign {arn} serves versions of {current.SolutionArn}; {request.SolutionVersionArn} belongs to another solution.");
        await Campaign(arn).BeginUpdateAsync(Target(arn, version, config, namesLatest || follows), request.MinProvisionedTPS, request.CampaignConfig);
        await StartAsync(arn);
        return new UpdateCampaignResponse { CampaignArn = arn.ToString() };
    }

    public async Task DeleteAsync(CampaignState campaign)
    {
        await grains.GetGrain<IJobControl>(campaign.Arn.ToString()).ForgetAsync();
        await Campaign(campaign.Arn).DeleteAsync();
    }

    /// <summary>
    /// Brings the campaigns of a solution to what its versions are now: each to the refined model of its version, and those that follow
    /// the solution to its latest ACTIVE version. A follower does not move to a version that is still being refined: its quick model
    /// would be a step back.
    /// </summary>
    public async Task SyncAsync(Arn solutionArn)
    {
        var versions = (await inventory.InAsync<SolutionVersionState>(solutionArn)).FindAll(version => version.Status is ResourceStatus.Active);
        if (versions.Count == 0) return;
        var campaigns = await inventory.InAsync<CampaignState>(solutionArn);
        await ReplaceModelsAsync(campaigns, versions);
        if (versions.FindAll(version => !SolutionVersionRules.IsRefining(version)).MaxBy(version => version.Sequence) is { } latest)
            await MoveFollowersAsync(campaigns, latest, versions);
    }

    private async Task ReplaceModelsAsync(List<CampaignState> campaigns, List<SolutionVersionState> versions)
    {
        foreach (var version in versions)
        {
            if (version.ArtifactPath is not { } model) continue;
            var arn = version.Arn;
            foreach (var campaign in campaigns.Where(campaign => campaign.Serving?.SolutionVersionArn == arn
                    || campaign.Pending?.SolutionVersionArn == arn))
                await Campaign(campaign.Arn).ReplaceModelAsync(arn.ToString(), model);
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
            var current = campaign.Campaign;
            var follows = current.Config?.SyncWithLatestSolutionVersion is true
                && current.Status is ResourceStatus.Active
                && campaign.Pending is null;
            var serves = versions.Find(version => version.Arn == current.SolutionVersionArn);
            if (!follows || serves?.Sequence >= latest.Sequence) continue;
            await Campaign(current.Arn).BeginUpdateAsync(
                Target(current.Arn, latest, current.Config, namesLatest: true), current.MinProvisionedTPS, current.Config);
            await StartAsync(current.Arn);
        }
    }

    private ICampaignResource Campaign(Arn arn) => grains.GetGrain<ICampaignResource>(arn.ToString());

    private Task StartAsync(Arn arn) => grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.Deploy);

    private async Task<(Arn Solution, SolutionVersionState Version, bool NamesLatest)> FindVersionAsync(string text, Caller caller)
    {
        if (Arn.TryParse(text, out var named) && SolutionState.Kind.Names(named))
            throw Refuse.Invalid($"'{text}' is the ARN of a solution; one of a solution version, or {text}/{Latest}, was expected.");
        var arn = caller.Own<SolutionVersionState>(text);
        var solution = Arn.Solution(arn.Region, arn.Account, arn.Parent);
        if ((await grains.ExpectAsync<SolutionState>(solution)).Status is not ResourceStatus.Active)
            throw Refuse.InUse($"The solution {solution} is being deleted.");

        if (arn.Name.EndsWith($"/{Latest}", StringComparison.Ordinal))
        {
            var latest = await FindLatestAsync(solution) ?? throw Refuse.Invalid($"The solution {solution} has no version that is ACTIVE yet.");
            return (solution, latest, true);
        }

        var version = await grains.ExpectAsync<SolutionVersionState>(arn);
        return version.Status switch
        {
            ResourceStatus.Active => (solution, version, false),
            var status when ResourceStatus.IsUnfinished(status) =>
                throw Refuse.InUse($"The solution version {arn} is {status}; it can be deployed once it is ACTIVE."),
            var status => throw Refuse.Invalid($"The solution version {arn} is {status}; only one that is ACTIVE can be deployed."),
        };
    }

    private async Task<SolutionVersionState?> FindLatestAsync(Arn solution) =>
        (await inventory.InAsync<SolutionVersionState>(solution))
            .Where(version => version.Status is ResourceStatus.Active)
            .MaxBy(version => version.Sequence);

    private static CampaignServing Target(Arn arn, SolutionVersionState version, CampaignConfig? config, bool namesLatest)
    {
        // An ACTIVE version has a recipe, which this release may not know any more, and a model.
        var recipe = RecipeCatalog.FindByArn(version.Version.RecipeArn ?? "")
            ?? throw Refuse.Invalid($"The recipe {version.Version.RecipeArn} of {version.Arn} does not exist in this release.");
        CampaignRequestRules.Check(config, recipe, namesLatest);
        return new CampaignServing
        {
            CampaignArn = arn, SolutionVersionArn = version.Arn, DatasetGroupArn = version.Version.DatasetGroupArn,
            Recipe = recipe.Name, ArtifactPath = version.ArtifactPath ?? throw Refuse.Invalid($"The solution version {version.Arn} has no model."),
            MetadataEnabled = recipe.IsV2 || config?.EnableMetadataWithRecommendations is true,
            ItemExploration = config?.ItemExplorationConfig ?? new Dictionary<string, string>(),
            RankingInfluence = config?.RankingInfluence ?? new Dictionary<string, double>(),
        };
    }

    private async Task CheckLimitAsync(Arn arn, Arn groupArn)
    {
        var solutions = (await inventory.InAsync<SolutionState>(groupArn)).Select(solution => solution.Arn).ToHashSet();
        var campaigns = (await inventory.OfAccountAsync<CampaignState>(arn)).Count(campaign => solutions.Contains(campaign.SolutionArn));
        var most = (await allowances.OfAsync(arn.Account)).CampaignsPerDatasetGroup;
        if (campaigns >= most) throw Refuse.TooMany($"A dataset group can have at most {most} campaigns.");
    }

    private CampaignState Created(Arn arn, Arn solution, CampaignServing target, CreateCampaignRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new CampaignState
        {
            Campaign = new CampaignRecord
            {
                Name = request.Name, Arn = arn, SolutionVersionArn = target.SolutionVersionArn,
                MinProvisionedTPS = request.MinProvisionedTPS ?? 1, Config = request.CampaignConfig,
                Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
            },
            Pending = target, SolutionArn = solution,
            Origin = caller.Origin(request.Tags),
        };
    }
}
