using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Tests;

public class WorkersTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 4, 3)]
    [InlineData(1000, 7, 4)]
    public void ForBlocks_AnySize_VisitsEveryIndexOnce(int count, int blockSize, int threads)
    {
        var visits = new int[count];

        Workers.ForBlocks(count, blockSize, threads, (_, from, to) =>
        {
            for (var i = from; i < to; i++)
                Interlocked.Increment(ref visits[i]);
        });

        Assert.All(visits, visit => Assert.Equal(1, visit));
    }

    [Fact]
    public void ForBlocks_Threads_AreNotPoolThreads() => Workers.ForBlocks(64, 1, 4, (worker, _, _) =>
    {
        if (worker > 0)
            Assert.False(Thread.CurrentThread.IsThreadPoolThread);
    });

    [Fact]
    public void ForBlocks_BodyThrows_StopsAndThrows() =>
        Assert.Throws<InvalidOperationException>(() => Workers.ForBlocks(100, 1, 3, (_, from, _) =>
        {
            if (from == 5)
                throw new InvalidOperationException();
        }));

    [Fact]
    public void ForBlocks_CancelledOnTheWay_Throws()
    {
        using var source = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() =>
            Workers.ForBlocks(1_000_000, 1, 2, (_, _, _) => source.Cancel(), source.Token));
    }
}
