using Kindred.Contracts.Arns;
using Kindred.Portal.Components.Pages.Overview;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.Tests.Overview;

public sealed class OverviewStepsTests
{
    private static readonly ProjectEndpoint Popular = new(
        "popular", Arn.Of("us-east-1", "111122223333", ResourceTypes.Recommender, "popular"), "aws-vod-most-popular", "ACTIVE");
    private static readonly ProjectEndpoint Home = new("home", Arn.Campaign("us-east-1", "111122223333", "home"), "aws-popularity-count", "ACTIVE");

    [Fact]
    public void Of_AProjectOfADomain_LeadsToARecommender()
    {
        var steps = OverviewSteps.Of("VIDEO_ON_DEMAND", interactions: 1080, versions: 0, [], events: 0);

        Assert.Equal([("Data", true), ("Recommender", false), ("Live events", false)], steps.Select(step => (step.Title, step.IsDone)));
        Assert.Equal(("recommenders", "Create a recommender"), (steps[1].Page, steps[1].Action));
    }

    [Fact]
    public void Of_ARecommenderThatTrains_SaysSoUntilItAnswers()
    {
        var training = OverviewSteps.Of("ECOMMERCE", 1080, 0, [Popular with { Status = "CREATE IN_PROGRESS" }], 0)[1];
        var ready = OverviewSteps.Of("ECOMMERCE", 1080, 0, [Popular], 0)[1];

        Assert.Equal((false, "popular is not ready yet", "See how far it is"), (training.IsDone, training.Text, training.Action));
        Assert.Equal((true, "popular answers"), (ready.IsDone, ready.Text));
    }

    [Fact]
    public void Of_AProjectWithoutADomain_LeadsToACampaign()
    {
        var steps = OverviewSteps.Of(null, 1200, versions: 1, [Home], events: 0);

        Assert.Equal(["Data", "Model", "Campaign", "Live events"], steps.Select(step => step.Title));
        Assert.Equal([true, true, true, false], steps.Select(step => step.IsDone));
    }

    [Fact]
    public void EndpointsTitle_NamesWhatThereIs()
    {
        Assert.Equal("Campaigns", OverviewSteps.EndpointsTitle(null, [Home]));
        Assert.Equal("Recommenders", OverviewSteps.EndpointsTitle("ECOMMERCE", []));
        Assert.Equal("Recommenders, campaigns", OverviewSteps.EndpointsTitle("ECOMMERCE", [Popular, Home]));
    }
}
