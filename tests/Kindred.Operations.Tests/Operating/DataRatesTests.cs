using Kindred.Contracts.Refusals;
using Kindred.Operations.Operating;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Operations.Tests.Operating;

public sealed class DataRatesTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Requests_OfOneEndpointOrTarget_AreThrottledInTheLongRun_AndThoseOfOthersAreNot()
    {
        var rates = new DataRates(recommendations: 5, puts: 2, _clock);

        Assert.Equal(10, Taken(() => rates.TakeRecommendation("home"))); // twice a second's, after a quiet time
        Assert.Equal(10, Taken(() => rates.TakeRecommendation("basket")));
        Assert.Equal(4, Taken(() => rates.TakePut("1", "tracker")));
        Assert.Equal(4, Taken(() => rates.TakePut("2", "tracker")));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Taken(() => rates.TakeRecommendation("home")));
        Assert.Equal(2, Taken(() => rates.TakePut("1", "tracker")));

        var refused = Assert.Throws<RefusedException>(() => rates.TakeRecommendation("home"));
        Assert.Equal((RefusalCode.Throttled, "'home' gives 5 recommendations a second; send them more slowly."), (refused.Code, refused.Message));
    }

    [Fact]
    public void Requests_WithoutALimitOrOfMadeUpNames_AreTaken()
    {
        var (free, kept) = (new DataRates(recommendations: 0, puts: 0, _clock), new DataRates(recommendations: 1, puts: 1, _clock));

        Assert.Equal(1000, Taken(() => free.TakeRecommendation("home")));
        for (var i = 0; i < 25_000; i++) kept.TakePut("1", $"made-up-{i}");
    }

    private static int Taken(Action take)
    {
        for (var taken = 0; ; taken++)
        {
            if (taken == 1000) return taken;
            try
            {
                take();
            }
            catch (RefusedException)
            {
                return taken;
            }
        }
    }
}
