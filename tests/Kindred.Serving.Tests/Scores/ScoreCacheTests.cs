using System.Buffers;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Recipes;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Scores;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Scores;

/// <summary>Scores that are kept are those that would be computed, and take no more memory than they may.</summary>
public sealed class ScoreCacheTests : IDisposable
{
    private const int Users = 60;
    private static readonly string[] Items = [.. Enumerable.Range(0, 90).Select(i => $"i{i}")];
    private readonly ServingWorld _world = new();

    [Fact]
    public async Task Run_RandomEventsAndQuestions_AnswersAsIfNothingWereKept()
    {
        var (group, random, computed) = (_world.AddGroup(ServingWorld.Alice), new Random(5), 0);
        var fake = new FakeModel("aws-user-personalization-v2", Items)
        {
            Score = (history, item) =>
            {
                if (item == 0) computed++;
                return history.Sum(e => (((item + 7) * (e.Item + 3) * 31) % 101) / 101f);
            },
        };
        using var kept = new OpenModel(fake, 0, cache: new ScoreCache(new ServingOptions()));
        var (asked, without) = (0, 0);
        for (var step = 0; step < 3_000; step++)
        {
            var user = $"u{random.Next(Users)}";
            if (random.Next(10) == 0)
            {
                var session = random.Next(3) == 0 ? $"s{random.Next(Users)}" : user;
                await _world.PutAsync(ServingWorld.Alice, random.Next(5) == 0 ? null : user, session, Items[random.Next(Items.Length)]);
                continue;
            }

            if (step == 1_500) await _world.CompactAsync(group);
            using var view = (await _world.Groups.BorrowAsync(group, default))!.Value;
            var query = Query(random, user);
            var before = computed;
            var answer = RecommendationPipeline.Run(query, kept, view.Value);
            asked += computed - before;
            before = computed;
            var expected = RecommendationPipeline.Run(query with { KeepsScores = false }, kept, view.Value);
            without += computed - before;
            Assert.Equal(Seen(expected), Seen(answer));
        }

        Assert.True(asked * 4 < without, $"{asked} of {without} were computed.");
    }

    [Fact]
    public void Add_BeyondTheBudget_TheModelThatKeepsMostGivesWay()
    {
        var cache = new ScoreCache(new ServingOptions { ScoreCacheBytes = 100_000 });
        using var few = cache.For(new FakeModel("aws-user-personalization-v2", Items))!;
        using var many = cache.For(new FakeModel("aws-user-personalization-v2", Items))!;
        for (var user = 0; user < 10; user++) Ask(few, user);
        for (var user = 0; user < 2_000; user++)
        {
            Ask(many, user);
            Assert.InRange(cache.Bytes, 1, 100_000);
        }

        Assert.All(Enumerable.Range(0, 10), user => Assert.True(Ask(few, user)));
        Assert.False(Ask(many, 0));
        Assert.True(Ask(many, 1_999));
        many.Dispose();
        Assert.Equal(few.Bytes, cache.Bytes);
    }

    [Fact]
    public void TryDropOne_WhatWasAskedForAgain_StaysLonger()
    {
        using var scores = new ScoreCache(new ServingOptions()).For(new FakeModel("aws-user-personalization-v2", Items))!;
        for (var user = 0; user < 4; user++) Ask(scores, user);
        Assert.True(Ask(scores, 0));

        for (var i = 0; i < 3; i++) Assert.True(scores.TryDropOne());

        Assert.True(Ask(scores, 0));
        Assert.True(scores.TryDropOne());
        Assert.False(scores.TryDropOne());
        Assert.Equal(0, scores.Bytes);
    }

    [Fact]
    public void TryDropOne_WhileSomebodyReads_TheirScoresStayTheirs()
    {
        using var scores = new ScoreCache(new ServingOptions()).For(new FakeModel("aws-user-personalization-v2", Items))!;
        Ask(scores, 1);
        Assert.True(scores.TryHold(KeyOf(scores, 1), out var held));

        scores.TryDropOne();

        for (var i = 0; i < 100; i++) Assert.NotSame(held.Scores, ArrayPool<float>.Shared.Rent(Items.Length));
        Assert.False(scores.TryHold(KeyOf(scores, 1), out _));
        held.Release();
        Assert.False(held.TryHold());
    }

    [Fact]
    public void KeyOf_WhateverTheScoresDependOn_IsAnother()
    {
        using var scores = new ModelScores(new ScoreCache(new ServingOptions()), new ContextModel());
        HistoryEvent[] one = [new(1, 0, 5)], other = [new(1, 0, 6)];
        EventContext Context(string? device, string ignored) => new(
            new Dictionary<string, string?> { ["DEVICE"] = device, ["PAGE"] = ignored }.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));

        UInt128[] keys =
        [
            scores.KeyOf(new ScoreQuery { User = "a"u8, History = one }), scores.KeyOf(new ScoreQuery { User = "b"u8, History = one }),
            scores.KeyOf(new ScoreQuery { User = "a"u8, History = other }), scores.KeyOf(new ScoreQuery { User = "a"u8 }),
            scores.KeyOf(new ScoreQuery { User = "a"u8, History = one, Context = Context("phone", "x") }),
            scores.KeyOf(new ScoreQuery { User = "a"u8, History = one, Context = Context("", "x") }),
            scores.KeyOf(new ScoreQuery { User = "a"u8, History = one, Context = Context(null, "x") }),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[4], scores.KeyOf(new ScoreQuery { User = "a"u8, History = one, Context = Context("phone", "y") }));
    }

    [Fact]
    public void For_CatalogueTooLargeForTheBudget_KeepsNothing() =>
        Assert.Null(new ScoreCache(new ServingOptions { ScoreCacheBytes = 1_000 }).For(new FakeModel("aws-user-personalization-v2", Items)));

    private RecommendationQuery Query(Random random, string user) => new()
    {
        UserId = user,
        Count = random.Next(1, 30),
        Given = random.Next(4) == 0 ? [.. Enumerable.Range(0, 12).Select(_ => Items[random.Next(Items.Length)])] : null,
        Now = _world.Clock.GetUtcNow(),
    };

    private static (string?, double?)[] Seen(PredictedItem[] items) => [.. items.Select(item => (item.ItemId, item.Score))];

    private static UInt128 KeyOf(ModelScores scores, int user) => scores.KeyOf(new ScoreQuery { User = Encoding.UTF8.GetBytes($"{user}") });

    /// <returns>Whether the scores were kept.</returns>
    private static bool Ask(ModelScores scores, int user)
    {
        var key = KeyOf(scores, user);
        var isKept = scores.TryHold(key, out var kept);
        kept ??= scores.Add(key, ArrayPool<float>.Shared.Rent(Items.Length), default);
        kept.Release();
        return isKept;
    }

    public void Dispose() => _world.Dispose();
}
