using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Solutions;

public sealed class SolutionVersionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrainingResult Result = new()
    {
        ArtifactPath = "models/a",
        Metrics = new Dictionary<string, double> { ["coverage"] = 0.5 },
        Rung = "kNN",
        Duration = TimeSpan.FromHours(2),
        EventsThrough = 7,
        RecipeArn = "arn:aws:personalize:::recipe/aws-sims",
    };

    [Theory]
    [InlineData(ResourceStatus.CreatePending, ResourceStatus.CreateInProgress)]
    [InlineData(ResourceStatus.CreateInProgress, ResourceStatus.CreateInProgress)]
    [InlineData(ResourceStatus.Active, ResourceStatus.Active)]
    [InlineData(ResourceStatus.CreateStopped, ResourceStatus.CreateStopped)]
    public void Begin_OnlyAPendingVersion_Moves(string from, string to) =>
        Assert.Equal(to, SolutionVersionRules.Begin(In(from), Now).Version.Status);

    [Fact]
    public void Complete_ATraining_ShowsItsHoursMetricsAndArtifact()
    {
        var done = SolutionVersionRules.Complete(In(ResourceStatus.CreateInProgress), Result, Now);

        Assert.Equal(
            (ResourceStatus.Active, 2.0, "models/a", 7L),
            (done.Version.Status, done.Version.TrainingHours, done.ArtifactPath, done.EventsThrough));
        Assert.Equal(0.5, done.Metrics!["coverage"]);
    }

    [Fact]
    public void Complete_AQuickModelAndThenTheFullOne_StaysActiveAndAddsTheHours()
    {
        var quick = SolutionVersionRules.Complete(In(ResourceStatus.CreateInProgress), Result with { MoreFollows = true }, Now);
        var full = SolutionVersionRules.Complete(quick, Result with { ArtifactPath = "models/b", Rung = "transformer" }, Now.AddMinutes(5));
        var again = SolutionVersionRules.Complete(full, Result with { ArtifactPath = "models/c" }, Now.AddMinutes(6));

        Assert.Equal(
            (ResourceStatus.Active, Refinement.UnderWay, true),
            (quick.Version.Status, quick.Refinement, SolutionVersionRules.WantsTraining(quick)));
        Assert.Equal(
            (ResourceStatus.Active, Refinement.Done, "models/b", "transformer", 4.0),
            (full.Version.Status, full.Refinement, full.ArtifactPath, full.Rung, full.Version.TrainingHours));
        Assert.Equal(Now.AddMinutes(5), full.Version.UpdatedAt);
        Assert.Same(full, again);
    }

    [Fact]
    public void FailOrStop_ARefinement_LeavesTheQuickModelServing()
    {
        var quick = SolutionVersionRules.Complete(In(ResourceStatus.CreateInProgress), Result with { MoreFollows = true }, Now);

        var failed = SolutionVersionRules.Fail(quick, "no memory", Now);
        var stopped = SolutionVersionRules.BeginStop(quick, Now);

        Assert.Equal((ResourceStatus.Active, Refinement.Failed, "no memory", null, "models/a"),
            (failed.Version.Status, failed.Refinement, failed.RefinementFailure, failed.Version.FailureReason, failed.ArtifactPath));
        Assert.Equal((ResourceStatus.Active, Refinement.Stopped), (stopped.Version.Status, stopped.Refinement));
        Assert.Same(stopped, SolutionVersionRules.Complete(stopped, Result with { ArtifactPath = "models/b" }, Now));
        Assert.Throws<RefusedException>(() => SolutionVersionRules.BeginStop(stopped, Now));
    }

    [Fact]
    public void CompleteOrFail_AVersionThatWasToStop_IsStoppedWithoutAModel()
    {
        var completed = SolutionVersionRules.Complete(In(ResourceStatus.CreateStopping), Result, Now);
        var failed = SolutionVersionRules.Fail(In(ResourceStatus.CreateStopping), "why", Now);

        Assert.Equal((ResourceStatus.CreateStopped, null), (completed.Version.Status, completed.ArtifactPath));
        Assert.Equal((ResourceStatus.CreateStopped, null), (failed.Version.Status, failed.Version.FailureReason));
    }

    [Theory]
    [InlineData(ResourceStatus.CreatePending)]
    [InlineData(ResourceStatus.CreateInProgress)]
    [InlineData(ResourceStatus.CreateStopping)]
    public void BeginStop_AnUnfinishedVersion_IsStopping(string from) =>
        Assert.Equal(ResourceStatus.CreateStopping, SolutionVersionRules.BeginStop(In(from), Now).Version.Status);

    [Theory]
    [InlineData(ResourceStatus.Active)]
    [InlineData(ResourceStatus.CreateFailed)]
    [InlineData(ResourceStatus.CreateStopped)]
    public void BeginStop_AFinishedVersion_IsRefused(string from) =>
        Assert.Contains(from, Assert.Throws<RefusedException>(() => SolutionVersionRules.BeginStop(In(from), Now)).Message, StringComparison.Ordinal);

    private static SolutionVersionState In(string status) => new() { Version = Records.Version(status) };
}
