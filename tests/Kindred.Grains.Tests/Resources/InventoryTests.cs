using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;
using Kindred.Grains.Tests.World;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Resources;

public sealed class InventoryTests
{
    [Fact]
    public async Task List_Of250Resources_ComesPageByPageCompleteAndInOrder()
    {
        using var data = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(data.Path, limits: new TenantLimits { DatasetGroups = 250 });
        var (shop, neighbour) = (new Shop(silo, SiloFixture.NewTenant()), new Shop(silo, SiloFixture.NewTenant()));
        var names = Enumerable.Range(0, 250).Select(i => $"group-{i}").ToArray();
        await Task.WhenAll(names.Select(name => shop.Tenant.CreateDatasetGroupAsync(new() { Name = name }, shop.Caller)));
        await neighbour.Tenant.CreateDatasetGroupAsync(new() { Name = "theirs" }, neighbour.Caller);

        var prefix = Arn.Prefix(shop.Caller.Region, shop.Caller.Account, ResourceTypes.DatasetGroup);
        var pages = new List<IReadOnlyList<CatalogEntry<DatasetGroupState>>>();
        do pages.Add(await silo.Catalog.ScanAsync<DatasetGroupState>(DatasetGroupState.Kind.StateName, prefix, pages.LastOrDefault()?[^1].Key, 100, default));
        while (pages[^1].Count == 100);

        Assert.Equal([100, 100, 50], pages.Select(page => page.Count));
        Assert.Equal(names.Select(name => prefix + name).Order(StringComparer.Ordinal), pages.SelectMany(page => page.Select(entry => entry.Key)));
        Assert.Equal(250, (await silo.Get<Inventory>().OfAccountAsync<DatasetGroupState>(Arn.Parse(shop.GroupArn))).Count);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => shop.Tenant.CreateDatasetGroupAsync(new() { Name = "one-more" }, shop.Caller));
        Assert.Equal(RefusalCode.LimitExceeded, refused.Code);
    }
}
