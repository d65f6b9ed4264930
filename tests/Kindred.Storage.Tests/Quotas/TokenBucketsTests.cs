using Kindred.Contracts.Refusals;
using Kindred.Storage.Quotas;

namespace Kindred.Storage.Tests.Quotas;

public sealed class TokenBucketsTests
{
    /// <summary>So long that nothing comes while a test runs.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(10_000);

    [Fact]
    public void Take_OfOneKey_EndsWithItsBucket_AndLeavesThoseOfOthers()
    {
        using var buckets = new TokenBuckets<string>(key => new BucketSize(1, key.Length), Forever);

        Assert.Equal(4, Taken(() => buckets.TryTake("four")));
        Assert.True(buckets.IsEmpty("four"));
        Assert.False(buckets.IsEmpty("seven"));
        Assert.Equal(5, Taken(() => buckets.TryTake("seven")));
        Assert.False(buckets.TryTake("four", out var wait));
        Assert.True(wait > TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Take_AfterAWhile_FindsTokensAgain_AndNeverMoreThanTheBucketHolds()
    {
        using var buckets = new TokenBuckets<string>(_ => new BucketSize(1000, 2), TimeSpan.FromMilliseconds(1));
        buckets.TryTake("key");

        // The limiter has a timer of its own, and no clock that a test could move: it is asked until it has refilled.
        for (var round = 0; round < 3; round++)
        {
            while (!buckets.TryTake("key")) await Task.Yield();
        }
    }

    [Fact]
    public void DataRates_OfOneEndpointOrTarget_AreThrottled_AndThoseOfOthersAreNot()
    {
        using var rates = new DataRates(recommendations: 5, puts: 2, Forever);

        Assert.Equal(10, Taken(() => rates.TakeRecommendation("home"))); // twice a second's, after a quiet time
        Assert.Equal(10, Taken(() => rates.TakeRecommendation("basket")));
        Assert.Equal(4, Taken(() => rates.TakePut("1", "tracker")));
        Assert.Equal(4, Taken(() => rates.TakePut("2", "tracker")));

        var refused = Assert.Throws<RefusedException>(() => rates.TakeRecommendation("home"));
        Assert.Equal((RefusalCode.Throttled, "'home' gives 5 recommendations a second; send them more slowly."), (refused.Code, refused.Message));
    }

    [Fact]
    public void DataRates_WithoutALimit_TakeWhateverComes()
    {
        using var rates = new DataRates(recommendations: 0, puts: 0);

        Assert.Equal(1000, Taken(() => rates.TakeRecommendation("home")));
        Assert.Equal(1000, Taken(() => rates.TakePut("1", "tracker")));
    }

    private static int Taken(Action take) => Taken(() =>
    {
        try
        {
            take();
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    });

    private static int Taken(Func<bool> take)
    {
        var taken = 0;
        while (taken < 1000 && take()) taken++;
        return taken;
    }
}
