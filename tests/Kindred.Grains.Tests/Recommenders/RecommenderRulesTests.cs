using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Recommenders;

namespace Kindred.Grains.Tests.Recommenders;

public sealed class RecommenderRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);
    private static readonly RecommenderModel First = Model("00000001");
    private static readonly RecommenderModel Second = Model("00000002");

    [Fact]
    public void AFirstTraining_ShowsInTheStatus_AndAnUpdateInTheLatestUpdate()
    {
        var created = Created() with { TrainingArn = First.VersionArn.ToString() };
        var begun = RecommenderRules.Begin(created, Now);
        var active = Deployed(RecommenderRules.BeginDeploy(begun, First), First);
        var updating = RecommenderRules.BeginUpdate(active, new() { EnableMetadataWithRecommendations = true }, trainingArn: null, Now);
        var deploying = RecommenderRules.Begin(updating, Now);
        var updated = Deployed(deploying, First);

        Assert.Equal(
            ["CREATE PENDING", "CREATE IN_PROGRESS", "ACTIVE", "ACTIVE CREATE PENDING", "ACTIVE CREATE IN_PROGRESS", "ACTIVE ACTIVE"],
            new[] { created, begun, active, updating, deploying, updated }.Select(Shown));
        Assert.Null(updating.Recommender.Config?.EnableMetadataWithRecommendations);
        Assert.True(updated.Recommender.Config!.EnableMetadataWithRecommendations);
        Assert.True(updated.Number > active.Number);
    }

    [Fact]
    public void AFailedUpdate_LeavesWhatServes()
    {
        var updating = RecommenderRules.BeginUpdate(Active(), new(), Second.VersionArn.ToString(), Now);

        var failed = RecommenderRules.Fail(RecommenderRules.Begin(updating, Now), "too little data", Now);

        Assert.Equal(("ACTIVE CREATE FAILED", First, null, null), (Shown(failed), failed.Model, failed.Next, failed.TrainingArn));
        Assert.Equal(("too little data", null), (failed.Recommender.LatestUpdate!.FailureReason, failed.Recommender.FailureReason));
    }

    [Fact]
    public void AFailedRenewal_ShowsNowhere()
    {
        var renewing = RecommenderRules.BeginRenewal(Active(), Second.VersionArn.ToString());

        var failed = RecommenderRules.Fail(renewing, "too little data", Now);

        Assert.Equal(("ACTIVE", First, null), (Shown(failed), failed.Model, failed.TrainingArn));
    }

    [Fact]
    public void Stop_WhileARenewalIsUnderWay_DropsIt_AndAFailedStartGoesBack()
    {
        var renewing = RecommenderRules.BeginDeploy(RecommenderRules.BeginRenewal(Active(), Second.VersionArn.ToString()), Second);

        var stopped = RecommenderRules.Stop(renewing, Now);
        var late = RecommenderRules.CompleteDeploy(stopped, Second.VersionArn.ToString(), Now);
        var started = RecommenderRules.Begin(RecommenderRules.Start(stopped, Now), Now);
        var failed = RecommenderRules.Fail(started, "no model", Now);

        Assert.Same(stopped, late);
        Assert.Equal(["INACTIVE", "START IN_PROGRESS", "INACTIVE"], new[] { stopped, started, failed }.Select(Shown));
        Assert.Equal((First, First, "no model"), (stopped.Model, started.Next, failed.Recommender.FailureReason));
    }

    [Theory]
    [InlineData(ResourceStatus.CreatePending), InlineData(ResourceStatus.Inactive), InlineData(ResourceStatus.DeleteInProgress)]
    public void Update_WhileNotActive_IsRefused(string status)
    {
        var current = Active() with { Recommender = Active().Recommender with { Status = status } };

        Assert.Equal(RefusalCode.ResourceInUse, Assert.Throws<RefusedException>(
            () => RecommenderRules.BeginUpdate(current, new(), null, Now)).Code);
    }

    [Fact]
    public void Update_WhileAnotherIsUnderWay_IsRefused()
    {
        var updating = RecommenderRules.BeginUpdate(Active(), new(), null, Now);

        Assert.Throws<RefusedException>(() => RecommenderRules.BeginUpdate(updating, new(), null, Now));
        Assert.Throws<RefusedException>(() => RecommenderRules.Stop(updating, Now));
    }

    [Fact]
    public void TrainAlike_TheSameColumnsInAnotherOrderAndCase_IsTrue()
    {
        TrainingDataConfig one = new() { ExcludedDatasetColumns = Lists("Items", "A", "B") };
        TrainingDataConfig same = new() { ExcludedDatasetColumns = Lists("ITEMS", "B", "A") };

        Assert.True(RecommenderRules.TrainAlike(one, same));
        Assert.False(RecommenderRules.TrainAlike(one, new() { ExcludedDatasetColumns = Lists("ITEMS", "A") }));
        Assert.False(RecommenderRules.TrainAlike(one, new() { IncludedDatasetColumns = Lists("ITEMS", "A", "B") }));
        Assert.True(RecommenderRules.TrainAlike(null, new()));
    }

    private static Dictionary<string, IReadOnlyList<string>> Lists(string type, params string[] columns) => new() { [type] = columns };

    private static string Shown(RecommenderState state) =>
        state.Recommender.LatestUpdate is { } update ? $"{state.Status} {update.Status}" : state.Status;

    private static RecommenderState Deployed(RecommenderState state, RecommenderModel model) =>
        RecommenderRules.CompleteDeploy(state, model.VersionArn.ToString(), Now);

    private static RecommenderState Active() => Deployed(Created() with { Next = First }, First);

    private static RecommenderState Created() => new()
    {
        Recommender = new RecommenderRecord
        {
            Name = "front", Arn = Arn.Of("us-east-1", "111111111111", ResourceTypes.Recommender, "front"),
            DatasetGroupArn = Arn.DatasetGroup("us-east-1", "111111111111", "shop"),
            RecipeArn = "arn:aws:personalize:::recipe/aws-vod-top-picks",
            Status = ResourceStatus.CreatePending, CreatedAt = Now, UpdatedAt = Now,
        },
    };

    private static RecommenderModel Model(string id) => new()
    {
        VersionArn = Arn.Of("us-east-1", "111111111111", ResourceTypes.Recommender, $"front/{id}"), ArtifactPath = $"models/{id}",
    };
}
