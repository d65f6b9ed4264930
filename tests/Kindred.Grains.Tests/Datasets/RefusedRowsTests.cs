using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Datasets;

/// <summary>An import that would do more harm than good fails, and the data from before stay.</summary>
[Collection("silo")]
public sealed class RefusedRowsTests(SiloFixture fixture)
{
    [Fact]
    public async Task FullImport_MostRowsRefused_FailsAndTheOldDataStay()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("good", Shop.Interactions());
        var before = await ManifestAsync(shop);

        var job = await shop.ImportAsync("bad", Shop.Interactions(seed: 2).Replace(",View", ",", StringComparison.Ordinal));
        var half = await shop.ImportAsync("half", HalfBroken());

        Assert.Equal((ResourceStatus.CreateFailed, ResourceStatus.CreateFailed), (job.Status, half.Status));
        Assert.Contains("None of the 2000 rows fits", job.FailureReason, StringComparison.Ordinal);
        Assert.StartsWith("1000 of 2000 rows (50 %) were refused; an import may lose 1 %", half.FailureReason, StringComparison.Ordinal);
        Assert.Contains("half.csv line 2: TIMESTAMP is ", half.FailureReason, StringComparison.Ordinal);
        Assert.Equal(before, await ManifestAsync(shop));
    }

    [Fact]
    public async Task IncrementalImport_MostRowsRefused_Fails()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("good", Shop.Interactions());

        var half = await shop.ImportAsync("half", HalfBroken(), "INCREMENTAL");

        Assert.Equal(ResourceStatus.CreateFailed, half.Status);
    }

    [Fact]
    public async Task FullImport_FewRowsRefused_IsActive()
    {
        var shop = await NewShopAsync();

        var job = await shop.ImportAsync("nearly", Shop.Interactions() + "u1,i1,never,View\n");

        Assert.Equal(ResourceStatus.Active, job.Status);
    }

    [Theory]
    [InlineData("few-rows", 900, 60)]
    [InlineData("few-users", 2000, 24)]
    public async Task FullImport_LeavingLessThanTheMinimum_FailsAndTheOldDataStay(string name, int rows, int users)
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("good", Shop.Interactions());
        var before = await ManifestAsync(shop);

        var job = await shop.ImportAsync(name, Shop.Interactions(rows, users));

        Assert.Equal(ResourceStatus.CreateFailed, job.Status);
        Assert.Contains($"would leave {rows} interactions and {users} users", job.FailureReason, StringComparison.Ordinal);
        Assert.Equal(before, await ManifestAsync(shop));
    }

    [Fact]
    public async Task FullImport_SmallFirstOne_IsActive()
    {
        var shop = await NewShopAsync();

        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("small", Shop.Interactions(20, 5))).Status);
        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("smaller", Shop.Interactions(10, 5))).Status);
    }

    private Task<Shop> NewShopAsync() => new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();

    private static string HalfBroken() => string.Concat(Shop.Interactions().TrimEnd('\n').Split('\n')
        .Select((line, i) => (i % 2 == 1 ? line.Replace(",17", ",x17", StringComparison.Ordinal) : line) + "\n"));

    private static async Task<(string Segments, string? Snapshot)> ManifestAsync(Shop shop)
    {
        var data = await shop.Silo.DataAsync(shop.DatasetArn);
        return (string.Join(' ', data!.BulkSegments.Select(segment => segment.Path)), data.SnapshotPath);
    }
}
