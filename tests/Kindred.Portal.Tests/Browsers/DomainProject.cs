using System.Globalization;
using Kindred.Client;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>Projects of a domain: <c>films</c>, with events and the recommender <c>popular</c>, and <c>empty-shop</c>, with nothing.</summary>
internal static class DomainProject
{
    private const string Video = "VIDEO_ON_DEMAND";

    public static async Task MakeAsync(ApiClient api, CancellationToken stop)
    {
        var resources = new ResourceClient(api);
        await resources.CreateAsync("DatasetGroup", new() { ["name"] = "empty-shop", ["domain"] = "ECOMMERCE" }, stop);
        var group = await resources.CreateAsync("DatasetGroup", new() { ["name"] = "films", ["domain"] = Video }, stop);
        await ReadyProject.ImportAsync(api, resources, group, "Interactions", Events("Watch"), """
            {"type":"record","name":"Interactions","namespace":"x","fields":[{"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},
            {"name":"EVENT_TYPE","type":"string"},{"name":"TIMESTAMP","type":"long"}],"version":"1.0"}
            """, stop, Video);
        await resources.CreateAsync("Recommender", new()
        {
            ["name"] = "popular", ["datasetGroupArn"] = group, ["recipeArn"] = "arn:aws:personalize:::recipe/aws-vod-most-popular",
        }, stop);
    }

    /// <summary>1,080 events of one type: users of four kinds, each with 9 of the 20 items of its kind.</summary>
    public static string Events(string type) => "USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP\n" + string.Concat(
        from user in Enumerable.Range(0, 120)
        from place in Enumerable.Range(0, 9)
        select string.Create(
            CultureInfo.InvariantCulture,
            $"user-{user},item-{user % 4}-{(user * 7 + place) % 20},{type},{1_700_000_000 + 1_000 * place + user}\n"));
}
