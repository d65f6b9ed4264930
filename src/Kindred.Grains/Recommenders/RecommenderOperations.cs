using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;
using Kindred.Storage.Events;

namespace Kindred.Grains.Recommenders;

/// <summary>
/// Making, changing, stopping and deleting recommenders; runs on the tenant's turn. What a recommender trains are versions like those of
/// solutions; it serves one of them, and the others go.
/// </summary>
internal sealed class RecommenderOperations(
    IGrainFactory grains, Inventory inventory, RecommenderVersions versions, VersionFiles files, IEventLog events, TenantAllowances allowances,
    TimeProvider clock)
{
    public async Task<CreateRecommenderResponse> CreateAsync(CreateRecommenderRequest request, Caller caller)
    {
        var arn = caller.Name<RecommenderState>(request.Name);
        if (!await grains.IsRepeatAsync<RecommenderState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            if (group.Status is not ResourceStatus.Active) throw Refuse.InUse($"The dataset group {group.Arn} is being deleted.");
            RecommenderRequestRules.Check(request, group.DatasetGroup, await inventory.InAsync<DatasetState>(group.Arn));
            var recommender = Created(arn, group.Arn, request);
            var origin = caller.Origin(request.Tags);
            var most = (await allowances.OfAsync(arn.Account)).RecommendersPerDatasetGroup;
            if ((await inventory.InAsync<RecommenderState>(group.Arn)).Count >= most)
                throw Refuse.TooMany($"A dataset group can have at most {most} recommenders.");
            // The version first: one that no recommender names is removed when its training has ended.
            var training = await versions.CreateAsync(recommender, recommender.Config, caller);
            await Recommender(arn).CreateAsync(new RecommenderState { Recommender = recommender, TrainingArn = training, Origin = origin });
        }
        if ((await grains.FindAsync<RecommenderState>(arn))?.TrainingArn is { } unfinished) await versions.StartAsync(unfinished);
        return new CreateRecommenderResponse { RecommenderArn = arn.ToString() };
    }

    public async Task<UpdateRecommenderResponse> UpdateAsync(UpdateRecommenderRequest request, Caller caller)
    {
        var current = await grains.ExpectAsync<RecommenderState>(caller.Own<RecommenderState>(request.RecommenderArn));
        RecommenderRequestRules.Check(request.RecommenderConfig, UseCaseOf(current));
        RecommenderRules.RequireSettled(current, "updated");
        var config = RecommenderRules.Merge(current.Recommender.Config, request.RecommenderConfig);
        await AbandonTrainingAsync(current);
        if (RecommenderRules.TrainAlike(config.TrainingDataConfig, current.Recommender.Config?.TrainingDataConfig))
        {
            await Recommender(current.Arn).BeginUpdateAsync(config, trainingArn: null);
            await DeployAsync(current.Arn);
        }
        else
        {
            var training = await versions.CreateAsync(current.Recommender, config, caller);
            await Recommender(current.Arn).BeginUpdateAsync(config, training);
            await versions.StartAsync(training);
        }
        return new UpdateRecommenderResponse { RecommenderArn = current.Arn.ToString() };
    }

    public async Task<StopRecommenderResponse> StopAsync(StopRecommenderRequest request, Caller caller)
    {
        var current = await grains.ExpectAsync<RecommenderState>(caller.Own<RecommenderState>(request.RecommenderArn));
        await Recommender(current.Arn).StopAsync();
        await AbandonTrainingAsync(current);
        return new StopRecommenderResponse { RecommenderArn = current.Arn.ToString() };
    }

    public async Task<StartRecommenderResponse> StartAsync(StartRecommenderRequest request, Caller caller)
    {
        var arn = caller.Own<RecommenderState>(request.RecommenderArn);
        await grains.ExpectAsync<RecommenderState>(arn);
        await Recommender(arn).StartAsync();
        await DeployAsync(arn);
        return new StartRecommenderResponse { RecommenderArn = arn.ToString() };
    }

    public async Task DeleteAsync(RecommenderState recommender)
    {
        // The mark goes first: if the process dies on the way, the next start deletes the rest.
        await Recommender(recommender.Arn).BeginDeleteAsync();
        await grains.GetGrain<IJobControl>(recommender.Arn.ToString()).ForgetAsync();
        foreach (var version in await versions.OfAsync(recommender.Arn)) await versions.RemoveAsync(version);
        await Recommender(recommender.Arn).DeleteAsync();
    }

    /// <summary>Trains a recommender anew when its rule says so.</summary>
    public async Task TrainIfDueAsync(Arn arn)
    {
        if (await grains.FindAsync<RecommenderState>(arn) is not { Model: { } model } current) return;
        if (await grains.FindAsync<SolutionVersionState>(model.VersionArn) is not { } serving) return;
        var group = current.Recommender.DatasetGroupArn;
        var interactions = await grains.FindAsync<DatasetState>(Arn.Dataset(group.Region, group.Account, group.Name, DatasetTypes.Interactions));
        var streamed = await events.EndPositionAsync(group, CancellationToken.None);
        if (!RecommenderRules.IsDue(current, serving, UseCaseOf(current), interactions, streamed, clock.GetUtcNow())) return;
        var caller = new Caller(arn.Account, arn.Region, InvocationId: null);
        var training = await versions.CreateAsync(current.Recommender, current.Recommender.Config, caller);
        await Recommender(arn).BeginRenewalAsync(training);
        await versions.StartAsync(training);
    }

    /// <summary>
    /// Brings a recommender to what its versions are now: to the refined model of the one that it serves, and to the one that was trained for
    /// it. Where it serves already, it does not move to a version that is still being refined: the quick model would be a step back.
    /// </summary>
    public async Task SyncAsync(Arn arn)
    {
        var trained = await versions.OfAsync(arn);
        if (await grains.FindAsync<RecommenderState>(arn) is { Status: not ResourceStatus.DeleteInProgress } current)
        {
            foreach (var version in trained)
            {
                if (ModelOf(version) is { } model) await Recommender(arn).ReplaceModelAsync(model);
                // Only now does nothing name the quick model any more.
                if (version.Refinement is Refinement.Done) await files.DeleteModelsAsync(VersionFiles.Artifact(version.Arn, TrainingEffort.Quick));
            }
            // Something else may have been to be deployed when the deploy that has ended began.
            if (current.Next is not null) await DeployAsync(arn);
            else if (current.TrainingArn is { } training)
                await FinishTrainingAsync(current, trained.Find(version => version.Arn.ToString() == training));
        }
        await RemoveUnnamedAsync(arn, trained);
    }

    private async Task FinishTrainingAsync(RecommenderState current, SolutionVersionState? version)
    {
        if (version is null || version.Status is ResourceStatus.CreateFailed or ResourceStatus.CreateStopped)
        {
            await Recommender(current.Arn).FailDeployAsync(version?.Version.FailureReason ?? "The training was stopped.");
        }
        else if (ModelOf(version) is { } model && (current.Model is null || !SolutionVersionRules.IsRefining(version)))
        {
            await Recommender(current.Arn).DeployAsync(model);
            await DeployAsync(current.Arn);
        }
    }

    private async Task RemoveUnnamedAsync(Arn arn, List<SolutionVersionState> trained)
    {
        var current = await grains.FindAsync<RecommenderState>(arn);
        foreach (var version in trained)
        {
            var named = version.Arn == current?.Model?.VersionArn || version.Arn == current?.Next?.VersionArn
                || version.Arn.ToString() == current?.TrainingArn;
            if (!named) await versions.RemoveAsync(version);
        }
    }

    /// <summary>A renewal that nobody asked for gives way.</summary>
    private async Task AbandonTrainingAsync(RecommenderState current)
    {
        if (current.TrainingArn is { } training && await grains.FindAsync<SolutionVersionState>(Arn.Parse(training)) is { } version)
            await versions.RemoveAsync(version);
    }

    private static RecommenderModel? ModelOf(SolutionVersionState version) =>
        version is { Status: ResourceStatus.Active, ArtifactPath: { } path }
            ? new RecommenderModel { VersionArn = version.Arn, ArtifactPath = path, Metrics = version.Metrics }
            : null;

    private static RecipeDescription UseCaseOf(RecommenderState recommender) =>
        RecipeCatalog.FindByArn(recommender.Recommender.RecipeArn)
            ?? throw Refuse.Invalid($"The recipe {recommender.Recommender.RecipeArn} of {recommender.Arn} does not exist in this release.");

    private IRecommenderResource Recommender(Arn arn) => grains.GetGrain<IRecommenderResource>(arn.ToString());

    private Task DeployAsync(Arn arn) => grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.Deploy);

    private RecommenderRecord Created(Arn arn, Arn groupArn, CreateRecommenderRequest request)
    {
        var now = clock.GetUtcNow();
        return new RecommenderRecord
        {
            Name = request.Name, Arn = arn, DatasetGroupArn = groupArn, RecipeArn = request.RecipeArn, Config = request.RecommenderConfig,
            Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
        };
    }
}
