using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Examples.Placements;
using Kindred.Grains.Resources;
using Kindred.Grains.Tests.World;
using Kindred.Operations;
using Kindred.Operations.ControlPlane;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Adding;

/// <summary>
/// <c>docs/adding.md</c> tried: a kind of resource that the product does not know, in no more places than the page lists. The contract has no
/// operations to spare for it: it answers those of recommenders, whose own handlers are taken out of the house.
/// </summary>
public sealed class AddedResourceTests : IDisposable
{
    private const int MostPlaces = 6;
    private const string Recipe = "arn:aws:personalize:::recipe/aws-ecomm-popular-items-by-views";

    private readonly TemporaryFolder _data = new();
    private readonly Caller _caller = SiloFixture.NewTenant();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Places_OfAResource_AreAsManyAsThePageListsAndAtMostSix()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "adding.md"));
        var section = page[page.IndexOf("## A resource", StringComparison.Ordinal)..].Split("\n## ")[0];
        var listed = section.Split('\n').Count(line => line.Length > 2 && char.IsAsciiDigit(line[0]) && line[1] == '.');
        var files = Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "tests", "examples", "Placements"));

        Assert.InRange(listed, 1, MostPlaces);
        // The registration stands for two places, in files that are there already.
        Assert.Equal(listed, files.Length + 1);
    }

    [Fact]
    public async Task AResourceFromElsewhere_IsMadeDescribedAndListed_AlsoAfterARestart()
    {
        await using (var silo = await StartAsync())
        {
            var shop = await new Shop(silo, _caller).OpenAsync();
            await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "other" }, _caller);
            foreach (var name in new[] { "a", "b", "c" }) await CreateAsync(silo, name, shop.GroupArn);
            await CreateAsync(silo, "d", shop.Name("dataset-group/other"));
            var again = await RefusedAsync(() => CreateAsync(silo, "a", shop.GroupArn));
            Assert.Equal(RefusalCode.ResourceAlreadyExists, again.Code);
        }
        await using var next = await StartAsync();

        var first = await ListAsync(next, new() { DatasetGroupArn = Name("dataset-group/shop"), MaxResults = 2 });
        var second = await ListAsync(next, new() { DatasetGroupArn = Name("dataset-group/shop"), MaxResults = 2, NextToken = first.NextToken });
        Assert.Equal(["a", "b"], first.Recommenders!.Select(recommender => recommender.Name));
        Assert.Equal(["c"], second.Recommenders!.Select(recommender => recommender.Name));
        Assert.Null(second.NextToken);
        Assert.Equal(4, (await ListAsync(next, new())).Recommenders!.Count);
        var described = await DescribeAsync(next, _caller, Name("placement/a"));
        Assert.Equal((Name("placement/a"), Name("dataset-group/shop"), Recipe),
            (described.RecommenderArn, described.DatasetGroupArn, described.RecipeArn));
    }

    [Fact]
    public async Task AResourceFromElsewhere_KeepsItsGroup_AndIsDeleted()
    {
        await using var silo = await StartAsync();
        var shop = await new Shop(silo, _caller).OpenAsync();
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, _caller);
        await CreateAsync(silo, "a", shop.GroupArn);

        var refused = await RefusedAsync(() => shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, _caller));
        await silo.CallAsync<DeleteRecommenderRequest>(_caller, new() { RecommenderArn = Name("placement/a") });

        Assert.Equal(RefusalCode.ResourceInUse, refused.Code);
        Assert.Contains(Name("placement/a"), refused.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.ResourceNotFound, (await RefusedAsync(() => DescribeAsync(silo, _caller, Name("placement/a")))).Code);
        await shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, _caller);
    }

    [Fact]
    public async Task AResourceFromElsewhere_HasTags()
    {
        await using var silo = await StartAsync();
        var shop = await new Shop(silo, _caller).OpenAsync();
        await CreateAsync(silo, "a", shop.GroupArn);

        await silo.CallAsync<TagResourceRequest, TagResourceResponse>(
            _caller, new() { ResourceArn = Name("placement/a"), Tags = [new() { TagKey = "team", TagValue = "shop" }] });

        var tags = await silo.CallAsync<ListTagsForResourceRequest, ListTagsForResourceResponse>(_caller, new() { ResourceArn = Name("placement/a") });
        Assert.Equal(["team"], tags.Tags!.Select(tag => tag.TagKey));
    }

    [Fact]
    public async Task AResourceFromElsewhere_IsItsTenantsAlone()
    {
        await using var silo = await StartAsync();
        var shop = await new Shop(silo, _caller).OpenAsync();
        await CreateAsync(silo, "a", shop.GroupArn);
        var stranger = SiloFixture.NewTenant();

        var atTheDoor = await RefusedAsync(() => DescribeAsync(silo, stranger, Name("placement/a")));
        using var entered = CallerContext.Enter(Principal.OfPerson(stranger.Account, "stranger", AccessScopes.All));
        var behindIt = await RefusedAsync(() => silo.Get<IGrainFactory>().Resource<PlacementState>(Arn.Parse(Name("placement/a"))).DeleteAsync());

        Assert.Equal((RefusalCode.AccessDenied, RefusalCode.AccessDenied), (atTheDoor.Code, behindIt.Code));
        Assert.Empty((await silo.CallAsync<ListRecommendersRequest, ListRecommendersResponse>(stranger, new())).Recommenders!);
    }

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(_data.Path, services =>
    {
        services.Remove(services.First(
            service => service.ImplementationInstance is OperationGroup group && group.Add == RecommenderHandlers.Add));
        services.AddPlacements();
    });

    private string Name(string resource) => $"arn:aws:personalize:{_caller.Region}:{_caller.Account}:{resource}";

    private Task<CreateRecommenderResponse> CreateAsync(TestSilo silo, string name, string group) =>
        silo.CallAsync<CreateRecommenderRequest, CreateRecommenderResponse>(
            _caller, new() { Name = name, DatasetGroupArn = group, RecipeArn = Recipe });

    private Task<ListRecommendersResponse> ListAsync(TestSilo silo, ListRecommendersRequest request) =>
        silo.CallAsync<ListRecommendersRequest, ListRecommendersResponse>(_caller, request);

    private static async Task<Recommender> DescribeAsync(TestSilo silo, Caller caller, string arn) =>
        (await silo.CallAsync<DescribeRecommenderRequest, DescribeRecommenderResponse>(caller, new() { RecommenderArn = arn })).Recommender!;

    private static Task<RefusedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RefusedException>(call);
}
