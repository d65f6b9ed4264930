using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Recommenders;

/// <summary>
/// What recommenders train: versions as solutions have them, whose ARNs are <c>recommender/{name}/{id}</c>. So jobs train them like any
/// other, and no list or request of solutions finds them.
/// </summary>
internal sealed class RecommenderVersions(
    IGrainFactory grains, IResourceCatalog catalog, VersionRemoval removal, JobOptions jobs, TimeProvider clock)
{
    private const string Automatic = "AUTOMATIC";

    public async Task<List<SolutionVersionState>> OfAsync(Arn recommender) =>
        await catalog.ScanAllAsync<SolutionVersionState>(SolutionVersionState.Kind.StateName, $"{recommender}/")
            .Select(entry => entry.State).ToListAsync();

    /// <summary>Makes a version that is to be trained on what the group holds now.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateAsync(RecommenderRecord recommender, RecommenderConfig? config, Caller caller)
    {
        var others = await OfAsync(recommender.Arn);
        var arn = FreeArn(recommender.Arn, others, caller);
        var now = clock.GetUtcNow();
        await grains.Resource<SolutionVersionState>(arn).CreateAsync(new SolutionVersionState
        {
            Version = new SolutionVersionRecord
            {
                Arn = arn, SolutionArn = recommender.Arn, DatasetGroupArn = recommender.DatasetGroupArn, RecipeArn = recommender.RecipeArn,
                EventType = RecipeCatalog.FindByArn(recommender.RecipeArn)!.EventType,
                Config = new SolutionConfig { TrainingDataConfig = config?.TrainingDataConfig },
                TrainingMode = TrainingModes.Full, TrainingType = Automatic,
                Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
            },
            Sequence = others.Count == 0 ? 1 : others.Max(version => version.Sequence) + 1,
        });
        return arn.ToString();
    }

    /// <summary>Trains the version, if it is not trained yet.</summary>
    public async Task StartAsync(string versionArn)
    {
        if (await grains.FindAsync<SolutionVersionState>(Arn.Parse(versionArn)) is { } version && SolutionVersionRules.WantsTraining(version))
            await grains.GetGrain<IJobControl>(versionArn).StartAsync(TrainingLadder.KindOf(version, jobs.QuickFirst));
    }

    public Task RemoveAsync(SolutionVersionState version) => removal.RemoveAsync(version);

    private static Arn FreeArn(Arn recommender, List<SolutionVersionState> others, Caller caller)
    {
        for (var collisions = 0; ; collisions++)
        {
            var id = ResourceIds.Short(caller, recommender.ToString(), collisions);
            var arn = Arn.Of(recommender.Region, recommender.Account, ResourceTypes.Recommender, $"{recommender.Name}/{id}");
            if (others.TrueForAll(version => version.Arn != arn)) return arn;
        }
    }
}
