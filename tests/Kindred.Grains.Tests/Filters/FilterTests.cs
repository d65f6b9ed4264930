using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Filters;

/// <summary>Making filters, on a real silo: what is wrong is refused with its place, and one that is there keeps its group and data.</summary>
[Collection("silo")]
public sealed class FilterTests(SiloFixture fixture)
{
    private const string Expression = "INCLUDE ItemID WHERE Items.HALF IN ($HALF) AND Items.PRICE < 10 | EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")";

    private readonly Caller _caller = SiloFixture.NewTenant();

    [Fact]
    public async Task Create_DescribeListDelete_GoesRound_AndADeletedNameIsFree()
    {
        var shop = await OpenAsync();

        await CreateAsync("cheap", Expression);
        Assert.Equal(RefusalCode.ResourceAlreadyExists, (await RefusedAsync(() => CreateAsync("cheap", Expression))).Code);

        var filter = (await CallAsync<DescribeFilterRequest, DescribeFilterResponse>(new() { FilterArn = shop.Name("filter/cheap") })).Filter!;
        Assert.Equal(("cheap", "ACTIVE", Expression), (filter.Name, filter.Status, filter.FilterExpression));
        var listed = await CallAsync<ListFiltersRequest, ListFiltersResponse>(new() { DatasetGroupArn = shop.GroupArn });
        Assert.Equal("cheap", Assert.Single(listed.Filters!).Name);
        foreach (var delete in (Func<Task>[])
        [
            () => shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, _caller),
            () => shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.ItemsArn }, _caller),
        ])
            Assert.Equal(RefusalCode.ResourceInUse, (await RefusedAsync(delete)).Code);

        await fixture.Silo.CallAsync<DeleteFilterRequest>(_caller, new() { FilterArn = shop.Name("filter/cheap") });
        await CreateAsync("cheap", Expression);
    }

    [Theory]
    [InlineData("INCLUDE ItemID WHERE Items.HALF = ", "Column 35: a value")]
    [InlineData("INCLUDE ItemID WHERE Items.GENRE = \"x\"", "Column 22: Items has no field GENRE; it has ITEM_ID, HALF, PRICE, SHELF.")]
    [InlineData("INCLUDE ItemID WHERE Items.PRICE = 1 IF CurrentUser.AGE > 3", "Column 41: the dataset group has no dataset for CurrentUser.")]
    public async Task Create_AnExpressionThatCannotBe_IsRefusedWithItsPlace(string expression, string says)
    {
        await OpenAsync();

        var refused = await RefusedAsync(() => CreateAsync("wrong", expression));

        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Empty((await CallAsync<ListFiltersRequest, ListFiltersResponse>(new())).Filters!);
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        await shop.OpenItemsAsync();
        return shop;
    }

    private Task<CreateFilterResponse> CreateAsync(string name, string expression) => CallAsync<CreateFilterRequest, CreateFilterResponse>(
        new() { Name = name, DatasetGroupArn = $"arn:aws:personalize:{_caller.Region}:{_caller.Account}:dataset-group/shop", FilterExpression = expression });

    private Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request) where TRequest : class where TResponse : class =>
        fixture.Silo.CallAsync<TRequest, TResponse>(_caller, request);

    private static Task<RefusedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RefusedException>(call);
}
