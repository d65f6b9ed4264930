using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;
using Kindred.Storage.Quotas;

namespace Kindred.Serving.Tests.Recommendations;

/// <summary>What counts against an endpoint's, a tracker's or a dataset's share of requests, and what does not.</summary>
public sealed class RateTests : IDisposable
{
    private readonly ServingWorld _world = new();

    public RateTests()
    {
        _world.Rates = new DataRates(recommendations: 1, puts: 1, TimeSpan.FromDays(10_000)); // two at once
        _world.Restart();
    }

    public void Dispose()
    {
        _world.Dispose();
        _world.Rates.Dispose();
    }

    [Fact]
    public async Task Recommendations_BeyondTheShareOfTheCampaign_AreThrottled_WhateverMadeUpNamesAreAskedFor()
    {
        var group = _world.AddGroup(ServingWorld.Alice);
        var home = _world.AddCampaign(group, new FakeModel("aws-popularity-count", "a", "b"), "home");
        var basket = _world.AddCampaign(group, new FakeModel("aws-popularity-count", "a", "b"), "basket");

        await _world.ItemsForAsync(ServingWorld.Alice, home, null);
        for (var i = 0; i < 100; i++)
            Assert.Equal(RefusalCode.ResourceNotFound, await RefusedAsync(() => _world.ItemsForAsync(ServingWorld.Alice, $"{home}-{i}", null)));
        await _world.ItemsForAsync(ServingWorld.Alice, home, null);

        Assert.Equal(RefusalCode.Throttled, await RefusedAsync(() => _world.ItemsForAsync(ServingWorld.Alice, home, null)));
        await _world.ItemsForAsync(ServingWorld.Alice, basket, null);
        // One that does not exist never had a share to use up.
        Assert.Equal(RefusalCode.ResourceNotFound, await RefusedAsync(() => _world.ItemsForAsync(ServingWorld.Alice, $"{home}-0", null)));
    }

    [Fact]
    public async Task Puts_BeyondTheShareOfTheTrackerOrDataset_AreThrottled_AndWhatIsNotThereIsNotFound()
    {
        _world.AddGroup(ServingWorld.Alice);

        for (var i = 0; i < 2; i++) await _world.PutAsync(ServingWorld.Alice, "u", "s", "a");
        for (var i = 0; i < 2; i++) await _world.PutItemAsync(ServingWorld.Alice, "a", "{}");

        Assert.Equal(RefusalCode.Throttled, await RefusedAsync(() => _world.PutAsync(ServingWorld.Alice, "u", "s", "a")));
        Assert.Equal(RefusalCode.Throttled, await RefusedAsync(() => _world.PutItemAsync(ServingWorld.Alice, "a", "{}")));
        for (var i = 0; i < 3; i++)
            Assert.NotEqual(RefusalCode.Throttled, await RefusedAsync(() => _world.PutAsync(ServingWorld.Alice, "u", "s", "other", ["a"])));
    }

    private static async Task<RefusalCode> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Code;
}
