using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Campaigns;

public sealed class CampaignRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FirstDeploy_ShowsInTheCampaignItself()
    {
        var begun = CampaignRules.BeginDeploy(New("v1"), Now);
        var done = CampaignRules.CompleteDeploy(begun, Version("v1"), Now);

        Assert.Equal(ResourceStatus.CreateInProgress, begun.Campaign.Status);
        Assert.Null(begun.Serving);
        Assert.Equal((ResourceStatus.Active, null), (done.Campaign.Status, done.Campaign.LatestUpdate));
        Assert.Equal(Version("v1"), done.Serving!.SolutionVersionArn.ToString());
        Assert.Null(done.Pending);
    }

    [Fact]
    public void Update_ThatIsUnderWay_LeavesTheCampaignAsItWas()
    {
        var updating = CampaignRules.BeginDeploy(CampaignRules.BeginUpdate(Serving("v1"), Target("v2"), 5, null, Now), Now);

        Assert.Equal(
            (ResourceStatus.Active, Version("v1"), 1),
            (updating.Campaign.Status, updating.Campaign.SolutionVersionArn.ToString(), updating.Campaign.MinProvisionedTPS));
        Assert.Equal(
            (ResourceStatus.CreateInProgress, Version("v2")),
            (updating.Campaign.LatestUpdate!.Status, updating.Campaign.LatestUpdate.SolutionVersionArn.ToString()));
        Assert.Equal(Version("v1"), updating.Serving!.SolutionVersionArn.ToString());
    }

    [Fact]
    public void Update_ThatEndedWell_MovesTheCampaign()
    {
        var done = CampaignRules.CompleteDeploy(CampaignRules.BeginUpdate(Serving("v1"), Target("v2"), 5, null, Now), Version("v2"), Now);

        Assert.Equal(
            (ResourceStatus.Active, Version("v2"), 5),
            (done.Campaign.Status, done.Campaign.SolutionVersionArn.ToString(), done.Campaign.MinProvisionedTPS));
        Assert.Equal(ResourceStatus.Active, done.Campaign.LatestUpdate!.Status);
    }

    [Fact]
    public void ReplaceModel_OfTheVersionItServes_ChangesNothingThatClientsSeeButTheTime()
    {
        var serving = Serving("v1");

        var replaced = CampaignRules.ReplaceModel(serving, Version("v1"), "models/full", Now.AddMinutes(1));

        Assert.Equal("models/full", replaced.Serving!.ArtifactPath);
        Assert.Equal(serving.Campaign with { UpdatedAt = Now.AddMinutes(1) }, replaced.Campaign);
        Assert.Same(replaced, CampaignRules.ReplaceModel(replaced, Version("v1"), "models/full", Now.AddMinutes(2)));
        Assert.Same(serving, CampaignRules.ReplaceModel(serving, Version("v2"), "models/other", Now.AddMinutes(1)));
    }

    [Fact]
    public void ReplaceModel_OfTheVersionItMovesTo_ReachesTheMove()
    {
        var moving = CampaignRules.BeginUpdate(Serving("v1"), Target("v2"), null, null, Now);

        var done = CampaignRules.CompleteDeploy(CampaignRules.ReplaceModel(moving, Version("v2"), "models/full", Now), Version("v2"), Now);

        Assert.Equal("models/full", done.Serving!.ArtifactPath);
    }

    [Fact]
    public void Update_ThatFailed_ServesTheOldVersionAndSaysWhy()
    {
        var failed = CampaignRules.FailDeploy(CampaignRules.BeginUpdate(Serving("v1"), Target("v2"), null, null, Now), "no such file", Now);

        Assert.Equal((ResourceStatus.Active, Version("v1")), (failed.Campaign.Status, failed.Campaign.SolutionVersionArn.ToString()));
        Assert.Equal(
            (ResourceStatus.CreateFailed, "no such file"),
            (failed.Campaign.LatestUpdate!.Status, failed.Campaign.LatestUpdate.FailureReason));
        Assert.Equal(Version("v1"), failed.Serving!.SolutionVersionArn.ToString());
        Assert.Null(failed.Pending);
    }

    [Fact]
    public void Update_OfACampaignWhoseFirstDeployFailed_MakesItActive()
    {
        var failed = CampaignRules.FailDeploy(New("v1"), "why", Now);
        var done = CampaignRules.CompleteDeploy(CampaignRules.BeginUpdate(failed, Target("v2"), null, null, Now), Version("v2"), Now);

        Assert.Equal((ResourceStatus.CreateFailed, "why"), (failed.Campaign.Status, failed.Campaign.FailureReason));
        Assert.Equal((ResourceStatus.Active, null), (done.Campaign.Status, done.Campaign.FailureReason));
    }

    [Fact]
    public void BeginUpdate_WhileAnotherIsUnderWay_IsRefused()
    {
        var updating = CampaignRules.BeginUpdate(Serving("v1"), Target("v2"), null, null, Now);

        var refused = Assert.Throws<RefusedException>(() => CampaignRules.BeginUpdate(updating, Target("v3"), null, null, Now));

        Assert.Equal(RefusalCode.ResourceInUse, refused.Code);
    }

    [Fact]
    public void CompleteDeploy_OfAVersionThatIsNotWantedAnyMore_ChangesNothing()
    {
        var updating = CampaignRules.BeginUpdate(Serving("v1"), Target("v2"), null, null, Now);

        Assert.Same(updating, CampaignRules.CompleteDeploy(updating, Version("v9"), Now));
    }

    private static string Version(string id) => $"arn:aws:personalize:us-east-1:100000000000:solution/best/{id}";

    private static CampaignState Serving(string id) => CampaignRules.CompleteDeploy(New(id), Version(id), Now);

    private static CampaignState New(string id) => new()
    {
        Campaign = Records.Campaign(ResourceStatus.CreatePending, Arn.Parse(Version(id))), Pending = Target(id),
    };

    private static CampaignServing Target(string id) => new()
    {
        CampaignArn = Arn.Campaign("us-east-1", "100000000000", "home"), SolutionVersionArn = Arn.Parse(Version(id)),
        DatasetGroupArn = Arn.DatasetGroup("us-east-1", "100000000000", "shop"), Recipe = "aws-sims", ArtifactPath = id,
    };
}
