using Kindred.Contracts.Changes;
using Kindred.Serving.Changes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kindred.Serving.Tests.Changes;

public sealed class LocalChangeFeedTests
{
    private static readonly Change Moved = new(ChangedSubject.Campaign, "a", 1);

    private readonly LocalChangeFeed _feed = new(NullLogger<LocalChangeFeed>.Instance);
    private readonly List<Change> _heard = [];

    [Fact]
    public void Publish_ASubscriberThatFails_DoesNotHurtTheOthers()
    {
        using var first = _feed.Subscribe(_ => throw new InvalidOperationException("defect"));
        using var second = _feed.Subscribe(_heard.Add);

        _feed.Publish(Moved);

        Assert.Equal([Moved], _heard);
    }

    [Fact]
    public void Dispose_ASubscription_EndsThatOneOnly()
    {
        var twice = _feed.Subscribe(_heard.Add);
        using var other = _feed.Subscribe(_heard.Add);

        twice.Dispose();
        twice.Dispose();
        _feed.Publish(Moved);

        Assert.Single(_heard);
    }

    /// <summary>The numbers travel between processes of different releases.</summary>
    [Fact]
    public void ChangedSubject_Numbers_AreOnlyAppended() => Assert.Equal(
        [("Campaign", 1), ("EventTracker", 2), ("DatasetGroup", 3), ("EventLog", 4), ("AccessKey", 5), ("Model", 6), ("Filter", 7), ("Recommender", 8)],
        Enum.GetValues<ChangedSubject>().Select(subject => (subject.ToString(), (int)subject)));

    [Fact]
    public void Next_OfASubject_RisesWhateverTheClockDoes()
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
        var first = ChangeNumber.Next(0, now);
        var setBack = ChangeNumber.Next(first, now.AddDays(-1));
        var madeAgain = ChangeNumber.Next(0, now.AddSeconds(1));

        Assert.Equal(first + 1, setBack);
        Assert.True(madeAgain > setBack);
    }
}
