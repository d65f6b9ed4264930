using System.Collections.Concurrent;
using Kindred.Serving.Caching;
using Kindred.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Serving.Tests.Caching;

public sealed class VersionedCacheTests
{
    private static readonly CacheRules Rules =
        CacheRules.Of(new ServingOptions { MaxAbsences = 100, MaxAnswers = 200 }, "things") with { AskAgainAfter = TimeSpan.Zero };

    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<string> _released = new();
    private int _questions;

    [Fact]
    public async Task GetAsync_ManyAtOnce_AskOnce()
    {
        var answer = new TaskCompletionSource<Answer<string>?>();
        var cache = Cache(_ => answer.Task);

        var waiting = Enumerable.Range(0, 20).Select(_ => cache.GetAsync("a", default).AsTask()).ToArray();
        answer.SetResult(new(1, "value"));

        Assert.All(await Task.WhenAll(waiting), value => Assert.Equal("value", value));
        Assert.Equal(1, _questions);
    }

    [Fact]
    public async Task GetAsync_Absent_IsBelievedForItsLifetimeOnly()
    {
        var truth = (Answer<string>?)null;
        var cache = Cache(_ => Task.FromResult(truth));

        Assert.Null(await cache.GetAsync("a", default));
        truth = new(1, "value");
        Assert.Null(await cache.GetAsync("a", default));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("value", await cache.GetAsync("a", default));
        Assert.Equal(2, _questions);
    }

    [Fact]
    public async Task Hear_OfAKeyBelievedAbsent_IsAskedForAtOnce()
    {
        var truth = (Answer<string>?)null;
        var cache = Cache(_ => Task.FromResult(truth));
        Assert.Null(await cache.GetAsync("a", default));

        truth = new(7, "made");
        cache.Hear("a", 7);

        Assert.Equal("made", await cache.GetAsync("a", default));
    }

    [Fact]
    public async Task GetAsync_ManyMadeUpKeys_HoldsABoundedNumber()
    {
        var cache = Cache(_ => Task.FromResult<Answer<string>?>(null));

        for (var i = 0; i < 5_000; i++) Assert.Null(await cache.GetAsync($"made up {i}", default));

        Assert.InRange(cache.Count, 1, 101);
    }

    [Fact]
    public async Task GetAsync_ManyKeys_HoldsABoundedNumberAndReleasesTheRest()
    {
        var cache = Cache(key => Task.FromResult<Answer<string>?>(new(1, key)));

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal($"{i}", await cache.GetAsync($"{i}", default));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(cache.Count, 100, 201);
        Assert.Equal(1_000, cache.Count + _released.Count);
        Assert.Equal("999", cache.Peek("999"));
    }

    [Fact]
    public async Task Hear_OfANewerNumber_TheNextReaderAsks()
    {
        var truth = new Answer<string>(1, "old");
        var cache = Cache(_ => Task.FromResult<Answer<string>?>(truth));
        Assert.Equal("old", await cache.GetAsync("a", default));

        truth = new(2, "new");
        Assert.True(cache.Hear("a", 2));

        Assert.Equal("new", await cache.GetAsync("a", default));
        Assert.False(cache.Hear("a", 2)); // again, and late
        Assert.False(cache.Hear("a", 1));
        Assert.Equal("new", await cache.GetAsync("a", default));
        Assert.Equal(2, _questions);
        Assert.Equal(["old"], _released);
    }

    [Fact]
    public async Task Hear_WhileAQuestionIsUnderWay_AsksAgain()
    {
        var answers = new Queue<Task<Answer<string>?>>();
        var first = new TaskCompletionSource<Answer<string>?>();
        answers.Enqueue(first.Task);
        answers.Enqueue(Task.FromResult<Answer<string>?>(null));
        var started = new TaskCompletionSource();
        var cache = Cache(_ => { started.TrySetResult(); return answers.Dequeue(); });

        var waiting = cache.GetAsync("a", default).AsTask();
        await started.Task;
        cache.Hear("a", 2); // deleted meanwhile
        first.SetResult(new(1, "deleted meanwhile"));

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task GetAsync_OwnerBehindAPush_IsAskedAgainABoundedNumberOfTimes()
    {
        var cache = Cache(_ => Task.FromResult<Answer<string>?>(new(1, "old")));
        Assert.Equal("old", await cache.GetAsync("a", default));
        cache.Hear("a", 5);

        Assert.Equal("old", await cache.GetAsync("a", default));
        Assert.Equal(1 + Rules.MaxQuestions, _questions);
        Assert.Equal("old", await cache.GetAsync("a", default)); // believed now: nobody waits for it again
        Assert.Equal(1 + Rules.MaxQuestions, _questions);
    }

    [Fact]
    public async Task GetAsync_NoPushEver_IsRightAfterOneUseBeyondTheLifetime()
    {
        var truth = new Answer<string>(1, "old");
        var cache = Cache(_ => Task.FromResult<Answer<string>?>(truth));
        Assert.Equal("old", await cache.GetAsync("a", default));

        truth = new(2, "new");
        _clock.Advance(Rules.Lifetime);

        Assert.Equal("old", await cache.GetAsync("a", default)); // nobody waits: it is asked for in the background
        await Eventually.IsTrueAsync(() => Task.FromResult(cache.Peek("a") == "new"));
    }

    [Fact]
    public async Task GetAsync_OwnerUnreachable_ServesUpToTheHardLimitAndThenFails()
    {
        var isDown = false;
        var cache = Cache(_ => isDown ? Down() : Task.FromResult<Answer<string>?>(new(1, "value")));
        Assert.Equal("value", await cache.GetAsync("a", default));
        isDown = true;

        _clock.Advance(Rules.HardLimit - TimeSpan.FromTicks(1));
        Assert.Equal("value", await cache.GetAsync("a", default));
        cache.Hear("a", 2);
        Assert.Equal("value", await cache.GetAsync("a", default)); // a push changes nothing: the owner cannot say what it announced
        _clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync("a", default).AsTask());
        isDown = false;

        Assert.Equal("value", await cache.GetAsync("a", default));
    }

    [Fact]
    public async Task GetAsync_OwnerUnreachable_IsLeftAloneForAMoment()
    {
        var isDown = false;
        var cache = Cache(_ => isDown ? Down() : Task.FromResult<Answer<string>?>(new(1, "value")));
        await cache.GetAsync("a", default);
        isDown = true;
        _clock.Advance(Rules.Lifetime);
        cache.Hear("a", 2);

        for (var i = 0; i < 100; i++) Assert.Equal("value", await cache.GetAsync("a", default));

        Assert.Equal(2, _questions);
    }

    [Fact]
    public async Task GetAsync_AnOlderAnswer_IsRefusedUntilTheHardLimit()
    {
        var truth = new Answer<string>(5, "newer");
        var cache = Cache(_ => Task.FromResult<Answer<string>?>(truth));
        Assert.Equal("newer", await cache.GetAsync("a", default));
        truth = new(4, "older"); // of an owner that lags, or of one that was made again under a clock that was set back

        await cache.RefreshAsync("a", default);
        Assert.Equal("newer", await cache.GetAsync("a", default));
        _clock.Advance(Rules.HardLimit);

        Assert.Equal("older", await cache.GetAsync("a", default));
    }

    [Fact]
    public async Task RefreshAsync_WhileAnEarlierQuestionIsUnderWay_AsksAfterIt()
    {
        var answers = new Queue<Task<Answer<string>?>>();
        var first = new TaskCompletionSource<Answer<string>?>();
        answers.Enqueue(first.Task);
        answers.Enqueue(Task.FromResult<Answer<string>?>(new(1, "new")));
        var cache = Cache(_ => answers.Dequeue());
        var waiting = cache.GetAsync("a", default).AsTask();

        var refreshing = cache.RefreshAsync("a", default);
        first.SetResult(new(1, "old"));
        await refreshing;

        Assert.Equal("new", cache.Peek("a"));
        Assert.Contains(await waiting, new[] { "old", "new" });
    }

    [Fact]
    public async Task Doubt_WhileAQuestionIsUnderWay_AsksAgainBeforeAnybodyHasTheAnswer()
    {
        var answers = new Queue<Task<Answer<string>?>>();
        var first = new TaskCompletionSource<Answer<string>?>();
        answers.Enqueue(first.Task);
        answers.Enqueue(Task.FromResult<Answer<string>?>(new(1, "new")));
        var started = new TaskCompletionSource();
        var cache = Cache(_ => { started.TrySetResult(); return answers.Dequeue(); });
        var waiting = cache.GetAsync("a", default).AsTask();
        await started.Task;

        cache.Doubt("a");
        first.SetResult(new(1, "old"));

        Assert.Equal("new", await waiting);
    }

    [Fact]
    public async Task GetAsync_QuestionFails_IsNotRemembered()
    {
        var fails = true;
        var cache = Cache(_ => fails ? Down() : Task.FromResult<Answer<string>?>(new(1, "value")));

        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync("a", default).AsTask());
        Assert.Equal(0, cache.Count);
        fails = false;

        Assert.Equal("value", await cache.GetAsync("a", default));
    }

    [Fact]
    public async Task GetAsync_OneCallerCancels_TheOthersStillGetTheAnswer()
    {
        var answer = new TaskCompletionSource<Answer<string>?>();
        var cache = Cache(_ => answer.Task);
        using var cancelled = new CancellationTokenSource();

        var impatient = cache.GetAsync("a", cancelled.Token).AsTask();
        var patient = cache.GetAsync("a", default).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.SetResult(new(1, "value"));

        Assert.Equal("value", await patient);
    }

    [Fact]
    public async Task GetAsync_AsksOffTheAskersIdentity()
    {
        var identity = new AsyncLocal<string> { Value = "the first asker" };
        var seen = (string?)"nobody asked";
        var cache = Cache(_ => { seen = identity.Value; return Task.FromResult<Answer<string>?>(null); });

        await cache.GetAsync("a", default);

        Assert.Null(seen);
        Assert.Equal("the first asker", identity.Value);
    }

    /// <summary>
    /// Owners move on and sometimes lag, pushes come late, twice, in any order or never: no reader ever sees an older number after a
    /// newer.
    /// </summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task GetAsync_AnySchedule_NeverGoesBackAndEndsRight(int seed)
    {
        var truth = new long[4];
        var lags = true;
        var cache = new VersionedCache<int, Tuple<long>>(
            async (key, _) =>
            {
                var number = Math.Max(0, Volatile.Read(ref truth[key]) - (Volatile.Read(ref lags) ? Random.Shared.Next(3) : 0));
                for (var i = Random.Shared.Next(4); i > 0; i--) await Task.Yield(); // on its way back, the answer ages
                return new Answer<Tuple<long>>(number, Tuple.Create(number));
            },
            Rules with { HardLimit = TimeSpan.FromDays(365) }, _clock);
        var stop = false;
        var readers = Enumerable.Range(0, 4).Select(key => Task.Run(async () =>
        {
            for (var last = 0L; !Volatile.Read(ref stop);)
            {
                var seen = (await cache.GetAsync(key, default))!.Item1;
                Assert.InRange(seen, last, Volatile.Read(ref truth[key]));
                last = seen;
                await Task.Yield();
            }
        })).ToArray();
        var owner = Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var step = 0; step < 4_000; step++)
            {
                var key = random.Next(truth.Length);
                var number = random.Next(3) == 0 ? Interlocked.Increment(ref truth[key]) : Volatile.Read(ref truth[key]);
                if (random.Next(2) == 0) cache.Hear(key, Math.Max(0, number - random.Next(3)));
                if (random.Next(50) == 0) _clock.Advance(Rules.Lifetime / 2);
                if (random.Next(20) == 0) await Task.Yield();
            }
        });

        await owner;
        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
        Volatile.Write(ref lags, false);
        _clock.Advance(Rules.Lifetime);

        for (var key = 0; key < truth.Length; key++)
        {
            await cache.RefreshAsync(key, default); // or any use, and a moment
            Assert.Equal(truth[key], (await cache.GetAsync(key, default))!.Item1);
        }
    }

    private static Task<Answer<string>?> Down() => Task.FromException<Answer<string>?>(new IOException("down"));

    private VersionedCache<string, string> Cache(Func<string, Task<Answer<string>?>> ask) =>
        new((key, _) => { Interlocked.Increment(ref _questions); return ask(key); }, Rules, _clock, _released.Enqueue);
}
