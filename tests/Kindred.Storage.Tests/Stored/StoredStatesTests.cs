using System.Text.Json.Nodes;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Contracts.Filters;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Schemas;
using Kindred.Contracts.Solutions;
using Kindred.Storage.State;

namespace Kindred.Storage.Tests.Stored;

/// <summary>The states of resources as releases have stored them: read, and written again without a loss.</summary>
public sealed class StoredStatesTests
{
    /// <summary>Where today's records have no member for what stood in a payload; always null or never told to anybody.</summary>
    private static readonly string[] Gone = ["datasetGroup.failureReason"];

    public static TheoryData<string> Kinds { get; } = [.. StoredStates.Payloads.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void AState_OfAnEarlierRelease_IsReadAndKeepsEveryMember(string kind)
    {
        var payload = StoredStates.Payloads[kind];

        var (state, again) = kind switch
        {
            "schema" => Rewrite<SchemaState>(payload),
            "dataset-group" => Rewrite<DatasetGroupState>(payload),
            "dataset" => Rewrite<DatasetState>(payload),
            "dataset-import-job" => Rewrite<DatasetImportJobState>(payload),
            "data-deletion-job" => Rewrite<DataDeletionJobState>(payload),
            "metric-attribution" => Rewrite<MetricAttributionState>(payload),
            "solution" => Rewrite<SolutionState>(payload),
            "solution-version" => Rewrite<SolutionVersionState>(payload),
            "campaign" => Rewrite<CampaignState>(payload),
            "recommender" => Rewrite<RecommenderState>(payload),
            "filter" => Rewrite<FilterState>(payload),
            "batch-inference-job" => Rewrite<BatchInferenceJobState>(payload),
            "batch-segment-job" => Rewrite<BatchSegmentJobState>(payload),
            "dataset-export-job" => Rewrite<DatasetExportJobState>(payload),
            _ => Rewrite<EventTrackerState>(payload),
        };

        Assert.Equal(("call-1", "team"), (state.Origin.InvocationId, state.Origin.Tags[0].TagKey));
        Assert.Equal(kind is "schema" ? "ACTIVE" : JsonNode.Parse(payload)!["s"]!.AsObject().First().Value!["status"]!.GetValue<string>(), state.Status);
        var before = Leaves(JsonNode.Parse(payload)!["s"]!).Where(leaf => leaf.Value is not null && !Gone.Contains(leaf.Path));
        var after = Leaves(JsonNode.Parse(again)!["s"]!).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);
        Assert.All(before, leaf => Assert.Equal(leaf.Value, after.GetValueOrDefault(leaf.Path)));
    }

    [Fact]
    public void Kinds_AreThoseOfTheContracts() => Assert.Equal(
        StoredStates.Payloads.Keys.Order(),
        typeof(ResourceKind).Assembly.GetTypes()
            .Where(type => type is { IsClass: true } && type.IsAssignableTo(typeof(IResourceState)))
            .Select(type => ((ResourceKind)type.GetProperty("Kind")!.GetValue(null)!).GrainType).Order());

    private static (IResourceState State, string Payload) Rewrite<TState>(string payload) where TState : IResourceState
    {
        var serializer = new StateSerializer();
        var state = serializer.Deserialize<TState>(BinaryData.FromString(payload));
        return (state, serializer.Serialize(state).ToString());
    }

    private static IEnumerable<(string Path, string? Value)> Leaves(JsonNode node)
    {
        var children = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray entries => entries.Select((entry, index) => ($"[{index}]", entry)),
            _ => null,
        };
        if (children is null) return [("", node.ToJsonString())];
        return children.SelectMany(child => child.Item2 is null
            ? [(child.Item1, null)]
            : Leaves(child.Item2).Select(leaf => (leaf.Path.Length == 0 ? child.Item1 : $"{child.Item1}.{leaf.Path}", leaf.Value)));
    }
}
