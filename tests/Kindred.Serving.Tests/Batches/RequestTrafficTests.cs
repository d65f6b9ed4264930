using Microsoft.Extensions.Time.Testing;

namespace Kindred.Serving.Tests.Batches;

public sealed class RequestTrafficTests
{
    [Fact]
    public void IsBusy_WhileAndShortlyAfterManyRequests_AndNotForAFew()
    {
        var clock = new FakeTimeProvider();
        var traffic = new RequestTraffic(clock);
        void Ask(int requests)
        {
            for (var i = 0; i < requests; i++) traffic.Count();
        }

        Ask(19);
        Assert.False(traffic.IsBusy);
        Ask(1);
        Assert.True(traffic.IsBusy);
        clock.Advance(TimeSpan.FromSeconds(1)); // nobody has asked in this second yet
        Assert.True(traffic.IsBusy);
        Ask(1);
        Assert.True(traffic.IsBusy);
        clock.Advance(TimeSpan.FromSeconds(1));
        Ask(1);
        Assert.False(traffic.IsBusy);
        Ask(30);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(traffic.IsBusy);
    }
}
