using System.Reflection;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tenants;
using Orleans.Metadata;

namespace Kindred.Grains.Tests.Stored;

/// <summary>
/// Grain types, and the members of what grains store and send, as every release since has known them. A line may be added; none may
/// change or go.
/// </summary>
public sealed class StoredNamesTests
{
    private static readonly Assembly[] Rooms = [typeof(TenantGrain).Assembly, typeof(Caller).Assembly];

    private static IEnumerable<Type> Grains =>
        typeof(TenantGrain).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Grain)) && !type.IsAbstract);

    [Fact]
    public void GrainTypes_KeepTheirNames()
    {
        Dictionary<string, string> expected = new()
        {
            ["AccessKeyGrain"] = "access-key",
            ["BatchInferenceJobGrain"] = "batch-inference-job",
            ["BatchRunnerGrain"] = "batch-runner",
            ["BatchSegmentJobGrain"] = "batch-segment-job",
            ["CampaignGrain"] = "campaign",
            ["DataDeletionJobGrain"] = "data-deletion-job",
            ["DataRunnerGrain"] = "data-runner",
            ["DatasetExportJobGrain"] = "dataset-export-job",
            ["DatasetGrain"] = "dataset",
            ["DatasetGroupGrain"] = "dataset-group",
            ["DatasetImportJobGrain"] = "dataset-import-job",
            ["DeployRunnerGrain"] = "deploy-runner",
            ["EventTrackerGrain"] = "event-tracker",
            ["FilterGrain"] = "filter",
            ["JobGrain"] = "job",
            ["MetricAttributionGrain"] = "metric-attribution",
            ["QuickTrainingRunnerGrain"] = "quick-training-runner",
            ["RecommenderGrain"] = "recommender",
            ["SchemaGrain"] = "schema",
            ["SolutionGrain"] = "solution",
            ["SolutionVersionGrain"] = "solution-version",
            ["TenantGrain"] = "tenant",
            ["TrainingRunnerGrain"] = "training-runner",
        };

        var actual = Grains.OrderBy(type => type.Name, StringComparer.Ordinal).ToDictionary(type => type.Name, GrainTypeOf);

        Assert.Equal(expected.OrderBy(entry => entry.Key, StringComparer.Ordinal), actual);
    }

    [Fact]
    public void StateNames_AreThoseOfGrains()
    {
        var kinds = typeof(ResourceKind).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IResourceState)))
            .Select(type => ((ResourceKind)type.GetProperty("Kind")!.GetValue(null)!).GrainType);
        var named = typeof(StateNames).GetFields().Select(field => ((string)field.GetValue(null)!).Split('/')[0]).Concat(kinds);

        Assert.Empty(named.Except(Grains.Select(GrainTypeOf)));
    }

    [Fact]
    public void JobLanes_KeepTheirNumbers() => Assert.Equal(
        "Data=1 QuickTraining=2 Training=3 Batch=4 Deploy=5",
        string.Join(' ', Enum.GetValues<JobLane>().Select(lane => $"{lane}={(int)lane}")));

    /// <summary>An Id that is gone makes stored bytes unreadable, or worse: another member reads them.</summary>
    [Fact]
    public void Members_ThatWereEverStored_AreStillThere()
    {
        var now = Rooms.SelectMany(room => room.GetTypes())
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
            .SelectMany(type => type.GetCustomAttributes<AliasAttribute>(inherit: false), (type, alias) => (type, alias.Alias))
            .ToDictionary(named => named.Alias, named => IdsOf(named.type));

        Assert.All(StoredMembers.Lines, line =>
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(now.TryGetValue(words[0], out var ids), $"No type has the alias {words[0]} any more.");
            Assert.Empty(words[1..].Select(uint.Parse).Except(ids));
        });
    }

    private static string GrainTypeOf(Type type) =>
        type.GetCustomAttributes().OfType<IGrainTypeProviderAttribute>().SingleOrDefault() is { } named
            ? named.GetGrainType(null!, type).ToString()
            : $"{type.Name} has no [GrainType]";

    private static IEnumerable<uint> IdsOf(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(member => member.GetCustomAttribute<IdAttribute>()).OfType<IdAttribute>().Select(id => id.Id);
}
