using System.Net;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Client;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Tenancy;

/// <summary>Two tenants on one host, over HTTP: neither sees, moves or reads anything of the other's.</summary>
[Collection(SharedHostDefinition.Name)]
public sealed class TenantIsolationTests(SharedHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoTenants_SameNames_DoNotMeet()
    {
        using var first = new ServiceClient(host.Process);
        using var second = await NewTenantAsync(first);
        var name = $"isolation-{Guid.NewGuid().ToString("N")[..8]}";
        var (mine, theirs) = (await SmallShop.BuildAsync(first, name, "aws-popularity-count"), await SmallShop.BuildAsync(second, name, "aws-popularity-count"));

        Assert.NotEqual(mine.CampaignArn, theirs.CampaignArn);
        Assert.All(await ArnsAsync(second), arn => Assert.Contains($":{second.Key.Account}:", arn, StringComparison.Ordinal));
        await RefusedAsync(() => second.DescribeAsync("Campaign", mine.CampaignArn));
        await RefusedAsync(() => second.DescribeAsync("DatasetGroup", mine.GroupArn));
        await RefusedAsync(() => second.CallAsync("DeleteCampaign", new() { ["campaignArn"] = mine.CampaignArn }));
        await RefusedAsync(() => second.RecommendAsync(mine.CampaignArn, "user-1"));
        await RefusedAsync(() => second.PutEventAsync(mine.TrackingId, "user-1", "item-0-1"));
        await RefusedAsync(() =>
            second.CallAsync(
                "CreateSolution",
                new()
                {
                    ["name"] = "steal",
                    ["datasetGroupArn"] = mine.GroupArn,
                    ["recipeArn"] = "arn:aws:personalize:::recipe/aws-popularity-count",
                }));
        Assert.Equal("ACTIVE", (string?)(await first.DescribeAsync("Campaign", mine.CampaignArn))["status"]);
    }

    [Fact]
    public async Task TwoTenants_SameBucketName_KeepTheirOwnObjects()
    {
        using var first = new ServiceClient(host.Process);
        using var second = await NewTenantAsync(first);
        await first.Api.UploadAsync("shared-name", "secret.csv", new StringContent("mine"), null, Stop);

        var refused = await Assert.ThrowsAsync<ServiceException>(
            () => second.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/buckets/shared-name/secret.csv"), Stop));

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
    }

    [Fact]
    public async Task ListKeys_OfOneOfTwoTenants_NamesItsOwn()
    {
        using var first = new ServiceClient(host.Process);
        using var second = await NewTenantAsync(first);

        var keys = (await second.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/keys"), Stop))["keys"]!.AsArray();

        Assert.Equal((second.Key.AccessKeyId, second.Key.Account), ((string?)Assert.Single(keys)!["id"], (string?)keys[0]!["account"]));
    }

    private async Task<ServiceClient> NewTenantAsync(ServiceClient operatorClient)
    {
        var made = await operatorClient.Api.PostAsync("/v1/tenants", [], Stop);
        return new ServiceClient(
            host.Process.BaseAddress, new TestKey((string)made["account"]!, (string)made["key"]!["id"]!, (string)made["key"]!["secret"]!));
    }

    private static async Task<IReadOnlyList<string>> ArnsAsync(ServiceClient client)
    {
        var arns = new List<string>();
        foreach (var (operation, member, arn) in ((string, string, string)[])[("ListDatasetGroups", "datasetGroups", "datasetGroupArn"), ("ListSchemas", "schemas", "schemaArn"), ("ListSolutions", "solutions", "solutionArn"), ("ListCampaigns", "campaigns", "campaignArn")])
        {
            var page = (await client.CallAsync(operation, new() { ["maxResults"] = 100 }))[member]!.AsArray();
            Assert.NotEmpty(page);
            arns.AddRange(page.Select(r => (string)r![arn]!));
        }

        return arns;
    }

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<ServiceException>(call);
        Assert.Contains(refused.Code, (string[])["ResourceNotFoundException", "AccessDeniedException", "InvalidInputException"]);
    }
}
