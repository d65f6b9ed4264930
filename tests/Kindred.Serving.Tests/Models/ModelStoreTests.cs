using System.Collections.Concurrent;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Serving.Tests.Models;

public sealed class ModelStoreTests
{
    private const string Recipe = "aws-user-personalization";
    private readonly FakeTimeProvider _clock = new();
    private readonly UnreliableFeed _feed = new();
    private readonly ConcurrentDictionary<string, FakeModel> _models = new();
    private int _opened;

    [Fact]
    public async Task BorrowAsync_ManyAtOnce_OpenOnce()
    {
        using var store = Store(budget: 1_000);

        var borrowed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.BorrowAsync(Recipe, "m", default).AsTask()));

        Assert.Equal(1, _opened);
        foreach (var model in borrowed) model.Dispose();
    }

    [Fact]
    public async Task BorrowAsync_BeyondTheBudget_ClosesTheLeastRecentlyUsed()
    {
        using var store = Store(budget: 250);
        foreach (var path in new[] { "a", "b", "a", "c" })
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await store.WarmAsync(Recipe, path, default);
        }

        Assert.True(_models["b"].IsDisposed);
        Assert.False(_models["a"].IsDisposed);
        Assert.Equal(200, store.MappedBytes);
    }

    [Fact]
    public async Task BorrowAsync_BeyondTheBudget_NeverClosesAModelInUse()
    {
        using var store = Store(budget: 100);
        var inUse = await store.BorrowAsync(Recipe, "a", default);

        await store.WarmAsync(Recipe, "b", default);
        await store.WarmAsync(Recipe, "c", default);

        Assert.False(_models["a"].IsDisposed);
        inUse.Dispose();
    }

    [Fact]
    public async Task Change_OfAModelInUse_ClosesItAfterItsReader()
    {
        using var store = Store(budget: 1_000);
        var inUse = await store.BorrowAsync(Recipe, "a", default);

        _feed.Publish(new Change(ChangedSubject.Model, "a", 1));
        Assert.False(_models["a"].IsDisposed);
        inUse.Dispose();

        Assert.True(_models["a"].IsDisposed);
    }

    [Fact]
    public async Task BorrowAsync_CannotOpen_RefusesAndTriesAgainLater()
    {
        var isBroken = true;
        using var store = Store(budget: 1_000, _ => isBroken ? throw new IOException("/data/secret/path is damaged") : null);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => store.WarmAsync(Recipe, "a", default));
        Assert.Equal(RefusalCode.ServiceUnavailable, refusal.Code);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => store.WarmAsync(Recipe, "a", default));
        Assert.Equal(1, _opened); // believed for a moment
        isBroken = false;
        _clock.Advance(ModelStore.FailureLifetime);

        await store.WarmAsync(Recipe, "a", default);
        Assert.Equal(2, _opened);
    }

    [Fact]
    public async Task BorrowAsync_UnderEvictionFromAllSides_NeverHandsOutAClosedModel()
    {
        using var store = Store(budget: 200);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var model = await store.BorrowAsync(Recipe, $"m{(i * (worker + 1)) % 5}", default);
                Assert.False(((FakeModel)model.Value.Model).IsDisposed);
                if (i % 50 == 0) store.Forget($"m{worker}");
            }
        })));

        Assert.InRange(store.MappedBytes, 0, 500);
    }

    private ModelStore Store(long budget, Func<string, FakeModel?>? open = null) => new(
        (recipe, path) =>
        {
            Interlocked.Increment(ref _opened);
            var model = open?.Invoke(path) ?? new FakeModel(recipe, "i1", "i2");
            _models[path] = model;
            return Task.FromResult(model.Open());
        },
        _feed, new ServingOptions { ModelCacheBytes = budget }, _clock, NullLogger<ModelStore>.Instance);
}
