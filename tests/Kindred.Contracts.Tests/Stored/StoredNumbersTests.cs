using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Contracts.Usage;

namespace Kindred.Contracts.Tests.Stored;

/// <summary>
/// Numbers and names that data folders hold or that travel between silos of two releases. A line may be added; none may change or go.
/// </summary>
public sealed class StoredNumbersTests
{
    private static readonly Dictionary<Type, string> Numbers = new()
    {
        [typeof(RefusalCode)] = "InvalidInput=1 ResourceNotFound=2 ResourceAlreadyExists=3 ResourceInUse=4 LimitExceeded=5 "
            + "InvalidNextToken=6 TooManyTags=7 TooManyTagKeys=8 AccessDenied=9 ServiceUnavailable=10 TooLarge=11 Malformed=12 UnknownOperation=13 "
            + "Throttled=14",
        [typeof(AccessScopes)] = "None=0 Control=1 Recommend=2 Events=4 Records=8 Objects=16 Keys=32 Operator=64 Read=128 Tenant=191 All=255",
        [typeof(ActorKind)] = "AccessKey=1 Person=2 Service=3 Application=4",
        [typeof(ChangedSubject)] = "Campaign=1 EventTracker=2 DatasetGroup=3 EventLog=4 AccessKey=5 Model=6 Filter=7 Recommender=8",
        [typeof(JobKind)] = "None=0 Import=1 Train=2 Deploy=3 Compact=4 TrainFully=5 BatchInference=6 BatchSegment=7 Export=8 DeleteData=9",
        [typeof(UsageMeasure)] = "Recommendations=1 Rankings=2 Events=3 Items=4 Users=5 ControlRequests=6 "
            + "ActionRecommendations=7 Actions=8 ActionInteractions=9 BatchLines=10",
        [typeof(Refinement)] = "None=0 UnderWay=1 Done=2 Stopped=3 Failed=4",
    };

    /// <summary>Enums that never leave the process.</summary>
    private static readonly Type[] NotStored = [typeof(ContractService)];

    [Fact]
    public void Enums_OfTheContracts_KeepTheirNumbers() => Assert.All(Numbers, entry =>
    {
        var actual = Enum.GetNames(entry.Key).Select(name => $"{name}={Convert.ToInt64(Enum.Parse(entry.Key, name))}");

        Assert.Equal(entry.Value, string.Join(' ', actual));
    });

    [Fact]
    public void Enums_OfTheContracts_AreAllPinned() => Assert.Empty(
        typeof(RefusalCode).Assembly.GetTypes().Where(type => type.IsEnum && type.IsPublic).Except(Numbers.Keys).Except(NotStored));

    [Fact]
    public void StateNames_KeepTheirNames()
    {
        string[] expected =
        [
            "access-key/state", "batch-inference-job/state", "batch-segment-job/state", "campaign/state", "data-deletion-job/state",
            "dataset-export-job/state", "dataset-group/state", "dataset-import-job/state", "dataset/state", "event-tracker/state",
            "filter/state", "job/state", "metric-attribution/state", "recommender/state", "schema/state", "solution-version/state", "solution/state", "tenant/state",
        ];

        var named = typeof(StateNames).GetFields().Select(field => (string)field.GetValue(null)!);
        Assert.Equal(expected, named.Concat(Kinds.Select(kind => kind.StateName)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Arns_OfResources_KeepTheirShapes() => Assert.Equal(
        [
            "batch-inference-job/a", "batch-segment-job/a", "campaign/a", "data-deletion-job/a", "dataset-export-job/a", "dataset-group/a",
            "dataset-import-job/a", "dataset/a/b", "event-tracker/a", "filter/a", "metric-attribution/a", "recommender/a", "schema/a", "solution/a", "solution/a/b",
        ],
        Kinds.Select(kind => kind.ArnOf("", "", kind.IsNested ? "a/b" : "a").ToString()["arn:aws:personalize:::".Length..])
            .Order(StringComparer.Ordinal));

    private static IEnumerable<ResourceKind> Kinds => typeof(ResourceKind).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IResourceState)))
        .Select(type => (ResourceKind)type.GetProperty("Kind")!.GetValue(null)!);
}
