using Kindred.Serving.Caching;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Serving.Tests.Caching;

public sealed class PullThroughCacheTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _pulls;

    [Fact]
    public async Task GetAsync_ManyAtOnce_AskOnce()
    {
        var answer = new TaskCompletionSource<string?>();
        var cache = Cache(_ => answer.Task);

        var waiting = Enumerable.Range(0, 20).Select(_ => cache.GetAsync("a", default).AsTask()).ToArray();
        answer.SetResult("value");

        Assert.All(await Task.WhenAll(waiting), value => Assert.Equal("value", value));
        Assert.Equal(1, _pulls);
    }

    [Fact]
    public async Task GetAsync_Absent_IsBelievedForItsLifetimeOnly()
    {
        var truth = (string?)null;
        var cache = Cache(_ => Task.FromResult(truth));

        Assert.Null(await cache.GetAsync("a", default));
        truth = "value";
        Assert.Null(await cache.GetAsync("a", default));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("value", await cache.GetAsync("a", default));
        Assert.Equal(2, _pulls);
    }

    [Fact]
    public async Task GetAsync_ManyMadeUpKeys_HoldsABoundedNumber()
    {
        var cache = Cache(_ => Task.FromResult<string?>(null));

        for (var i = 0; i < 5_000; i++) Assert.Null(await cache.GetAsync($"made up {i}", default));

        Assert.InRange(cache.Count, 1, 100);
    }

    [Fact]
    public async Task Set_WhileAPullIsUnderWay_Wins()
    {
        var answer = new TaskCompletionSource<string?>();
        var cache = Cache(_ => answer.Task);

        var waiting = cache.GetAsync("a", default).AsTask();
        cache.Set("a", "pushed");
        answer.SetResult("old");

        Assert.Equal("pushed", await waiting);
        Assert.Equal("pushed", await cache.GetAsync("a", default));
    }

    [Fact]
    public async Task Remove_WhileAPullIsUnderWay_AsksAgain()
    {
        var answers = new Queue<Task<string?>>();
        var first = new TaskCompletionSource<string?>();
        answers.Enqueue(first.Task);
        answers.Enqueue(Task.FromResult<string?>(null));
        var started = new TaskCompletionSource();
        var cache = Cache(_ => { started.TrySetResult(); return answers.Dequeue(); });

        var waiting = cache.GetAsync("a", default).AsTask();
        await started.Task;
        cache.Remove("a");
        first.SetResult("deleted meanwhile");

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task GetAsync_PullFails_IsNotRemembered()
    {
        var fails = true;
        var cache = Cache(_ => fails ? Task.FromException<string?>(new IOException("down")) : Task.FromResult<string?>("value"));

        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync("a", default).AsTask());
        fails = false;

        Assert.Equal("value", await cache.GetAsync("a", default));
    }

    [Fact]
    public async Task GetAsync_OneCallerCancels_TheOthersStillGetTheAnswer()
    {
        var answer = new TaskCompletionSource<string?>();
        var cache = Cache(_ => answer.Task);
        using var cancelled = new CancellationTokenSource();

        var impatient = cache.GetAsync("a", cancelled.Token).AsTask();
        var patient = cache.GetAsync("a", default).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.SetResult("value");

        Assert.Equal("value", await patient);
    }

    private PullThroughCache<string, string> Cache(Func<string, Task<string?>> pull) =>
        new(key => { Interlocked.Increment(ref _pulls); return pull(key); }, _clock, TimeSpan.FromSeconds(2), maxAbsences: 100);
}
