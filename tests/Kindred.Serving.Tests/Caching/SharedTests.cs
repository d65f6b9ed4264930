using Kindred.Serving.Caching;

namespace Kindred.Serving.Tests.Caching;

public sealed class SharedTests
{
    private int _closed;

    [Fact]
    public void Retire_WhileBorrowed_ClosesWhenTheLastReaderLeaves()
    {
        var shared = new Shared<object>(new object(), _ => _closed++);
        Assert.True(shared.TryBorrow(out var first));
        Assert.True(shared.TryBorrow(out var second));

        shared.Retire();
        shared.Retire();
        first.Dispose();
        Assert.Equal(0, _closed);
        second.Dispose();

        Assert.Equal(1, _closed);
        Assert.False(shared.TryBorrow(out _));
    }

    [Fact]
    public async Task TryBorrow_RacingWithRetire_NeverSeesItClosed()
    {
        for (var round = 0; round < 200; round++)
        {
            var isClosed = false;
            var shared = new Shared<object>(new object(), _ => Volatile.Write(ref isClosed, true));
            var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (shared.TryBorrow(out var borrowed))
                {
                    Assert.False(Volatile.Read(ref isClosed));
                    borrowed.Dispose();
                }
            }, TestContext.Current.CancellationToken)).ToArray();
            shared.Retire();
            await Task.WhenAll(readers);
            Assert.True(isClosed);
        }
    }
}
