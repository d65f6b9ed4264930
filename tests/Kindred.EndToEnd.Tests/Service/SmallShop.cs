namespace Kindred.EndToEnd.Tests.Service;

/// <summary>A group with imported data, a trained campaign and a tracker.</summary>
internal sealed record SmallShop(string GroupArn, string DatasetArn, string SolutionVersionArn, string CampaignArn, string TrackingId)
{
    public static async Task<SmallShop> BuildAsync(ServiceClient client, string name, string recipe = "aws-user-personalization-v2")
    {
        var (resources, stop) = (client.Resources(name), TestContext.Current.CancellationToken);
        var group = await resources.CreateGroupAsync(stop);
        var dataset = await resources.CreateDatasetAsync(group, SmallData.Interactions, stop);
        await resources.ImportAsync(dataset, SmallData.Interactions, stop);
        var tracker = await resources.CreateTrackerAsync(group, stop);
        var version = await resources.TrainAsync(group, recipe, stop);
        return new SmallShop(group, dataset, version, await resources.DeployAsync(version, stop), tracker);
    }
}
