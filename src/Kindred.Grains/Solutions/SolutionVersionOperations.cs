using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;
using Kindred.Storage.Events;

namespace Kindred.Grains.Solutions;

/// <summary>Making and stopping solution versions; runs on the tenant's turn.</summary>
internal sealed class SolutionVersionOperations(
    IGrainFactory grains, Inventory inventory, IEventLog events, JobOptions jobs, TenantAllowances allowances, TimeProvider clock)
{
    private const string Manual = "MANUAL";
    private const string Automatic = "AUTOMATIC";

    public async Task<CreateSolutionVersionResponse> CreateAsync(CreateSolutionVersionRequest request, Caller caller)
    {
        var solutionArn = caller.Own<SolutionState>(request.SolutionArn);
        var solution = await grains.ExpectAsync<SolutionState>(solutionArn);
        var versions = await inventory.InAsync<SolutionVersionState>(solutionArn);
        var version = versions.Find(version => Creation.IsRepeat(version.Origin, caller));
        if (version is null)
        {
            await CheckAsync(request, solution.Solution, versions);
            version = await MakeAsync(solution, versions, request, caller, Manual);
        }
        else if (ResourceStatus.IsUnfinished(version.Status)) await StartAsync(version);
        return new CreateSolutionVersionResponse { SolutionVersionArn = version.Arn.ToString() };
    }

    public async Task StopAsync(StopSolutionVersionCreationRequest request, Caller caller)
    {
        var arn = caller.Own<SolutionVersionState>(request.SolutionVersionArn);
        await grains.ExpectAsync<SolutionVersionState>(arn);
        await Version(arn).BeginStopAsync();
        await grains.GetGrain<IJobControl>(arn.ToString()).CancelAsync();
    }

    /// <summary>Trains a solution by itself when its rule says so.</summary>
    public async Task TrainIfDueAsync(Arn solutionArn)
    {
        if (await grains.FindAsync<SolutionState>(solutionArn) is not { } solution) return;
        var versions = await inventory.InAsync<SolutionVersionState>(solutionArn);
        var groupArn = solution.Solution.DatasetGroupArn;
        var interactions = await FindInteractionsAsync(groupArn);
        var streamed = await events.EndPositionAsync(groupArn, CancellationToken.None);
        if (!AutoTrainingRules.IsDue(solution, versions.MaxBy(version => version.Sequence), interactions, streamed, clock.GetUtcNow())) return;
        var caller = new Caller(solutionArn.Account, solutionArn.Region, InvocationId: null);
        await MakeAsync(solution, versions, new CreateSolutionVersionRequest { SolutionArn = solutionArn.ToString() }, caller, Automatic);
    }

    /// <summary>Lets the models of a solution take in new items when its rule says so.</summary>
    /// <param name="newestPut">See <see cref="UpdateRules.HasPutItems"/>.</param>
    public async Task UpdateIfDueAsync(Arn solutionArn, long newestPut)
    {
        if (await grains.FindAsync<SolutionState>(solutionArn) is not { } solution) return;
        var items = await FindAsync(solution.Solution.DatasetGroupArn, DatasetTypes.Items);
        var served = (await inventory.InAsync<CampaignState>(solutionArn)).Select(campaign => campaign.Serving?.SolutionVersionArn).ToHashSet();
        foreach (var version in await inventory.InAsync<SolutionVersionState>(solutionArn))
        {
            var arn = version.Arn;
            var hasPutItems = UpdateRules.HasPutItems(items?.Data, newestPut, version.EventsThrough);
            if (!UpdateRules.IsDue(solution, version, served.Contains(arn), items, hasPutItems)) continue;
            await Version(arn).BeginUpdateAsync();
            await grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.TrainFully);
        }
    }

    private async Task CheckAsync(CreateSolutionVersionRequest request, SolutionRecord solution, List<SolutionVersionState> versions)
    {
        if (solution.Status != ResourceStatus.Active) throw Refuse.InUse($"The solution {solution.Arn} is being deleted.");
        if (request.Name is { } name && versions.Find(version => version.Version.Name == name) is { } namesake)
            throw Refuse.AlreadyExists(namesake.Arn.ToString());
        var faults = new Faults();
        if (request.TrainingMode is TrainingModes.Update) UpdateRules.Check(solution, versions, faults);
        else faults.Require(request.TrainingMode is null or TrainingModes.Full,
            $"trainingMode is {request.TrainingMode}; FULL or UPDATE was expected.");
        if (await FindInteractionsAsync(solution.DatasetGroupArn) is null)
            faults.Add($"The dataset group {solution.DatasetGroupArn} has no Interactions dataset; create one and import data first.");
        var recipe = RecipeCatalog.FindByArn(solution.RecipeArn ?? "");
        if (recipe is { NeedsItems: true })
            SolutionRequestRules.CheckItems(recipe, (await FindAsync(solution.DatasetGroupArn, DatasetTypes.Items))?.Data, faults);
        if (solution.Config?.OptimizationObjective is not null)
            SolutionRequestRules.CheckObjective(
                solution.Config, (await FindAsync(solution.DatasetGroupArn, DatasetTypes.Items))?.Data, faults);
        if (recipe is { RecipeType: RecipeTypes.PersonalizedActions } && await FindAsync(solution.DatasetGroupArn, DatasetTypes.Actions) is null)
            faults.Add($"The recipe {recipe.Name} recommends actions; create an Actions dataset and import or put actions first.");
        faults.ThrowIfAny();
    }

    private ISolutionVersionResource Version(Arn arn) => grains.GetGrain<ISolutionVersionResource>(arn.ToString());

    private Task<DatasetState?> FindInteractionsAsync(Arn groupArn) => FindAsync(groupArn, DatasetTypes.Interactions);

    private Task<DatasetState?> FindAsync(Arn groupArn, string type) =>
        grains.FindAsync<DatasetState>(Arn.Dataset(groupArn.Region, groupArn.Account, groupArn.Name, type));

    private async Task<SolutionVersionState> MakeAsync(
        SolutionState solution, List<SolutionVersionState> versions, CreateSolutionVersionRequest request, Caller caller, string trainingType)
    {
        var unfinished = (await inventory.OfAccountAsync<SolutionVersionState>(solution.Arn)).Count(SolutionVersionRules.IsUnfinished);
        var most = (await allowances.OfAsync(solution.Arn.Account)).UnfinishedSolutionVersions;
        if (unfinished >= most) throw Refuse.TooManyUnfinished(most, "solution versions");

        var version = Created(FreeArn(solution.Arn, versions, caller), solution.Solution, versions, request, caller, trainingType);
        await Version(version.Arn).CreateAsync(version);
        await StartAsync(version);
        return version;
    }

    private Task StartAsync(SolutionVersionState version) =>
        grains.GetGrain<IJobControl>(version.Arn.ToString()).StartAsync(TrainingLadder.KindOf(version, jobs.QuickFirst));

    private static Arn FreeArn(Arn solution, List<SolutionVersionState> versions, Caller caller)
    {
        var taken = versions.Select(version => version.Arn).ToHashSet();
        for (var collisions = 0; ; collisions++)
        {
            var arn = caller.Name<SolutionVersionState>($"{solution.Name}/{ResourceIds.Short(caller, solution.ToString(), collisions)}");
            if (!taken.Contains(arn)) return arn;
        }
    }

    private SolutionVersionState Created(
        Arn arn, SolutionRecord solution, List<SolutionVersionState> versions, CreateSolutionVersionRequest request,
        Caller caller, string trainingType)
    {
        var now = clock.GetUtcNow();
        var mode = request.TrainingMode ?? TrainingModes.Full;
        var from = mode is TrainingModes.Update ? UpdateRules.BaseOf(versions) : null;
        return new SolutionVersionState
        {
            Version = new SolutionVersionRecord
            {
                Name = request.Name, Arn = arn, SolutionArn = solution.Arn, RecipeArn = solution.RecipeArn,
                PerformHPO = solution.PerformHPO, PerformAutoML = solution.PerformAutoML,
                PerformIncrementalUpdate = solution.PerformIncrementalUpdate, EventType = solution.EventType,
                DatasetGroupArn = solution.DatasetGroupArn, Config = solution.Config,
                TrainingMode = mode, TrainingType = trainingType,
                Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
            },
            Sequence = versions.Count == 0 ? 1 : versions.Max(version => version.Sequence) + 1,
            Origin = caller.Origin(request.Tags),
            UpdatesVersionArn = from?.Arn.ToString(), DataDeletedAt = from?.DataDeletedAt,
        };
    }
}
