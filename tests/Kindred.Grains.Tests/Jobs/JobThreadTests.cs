using Kindred.Grains.Jobs;

namespace Kindred.Grains.Tests.Jobs;

public sealed class JobThreadTests
{
    [Fact]
    public void Run_WorkThatAwaits_StaysOnItsThread()
    {
        var threads = new HashSet<int>();

        JobThread.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Yield();
                await Task.Run(() => { });
            }
        });

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void Run_WorkThatThrows_ThrowsItAndGivesTheThreadBack()
    {
        var before = SynchronizationContext.Current;

        Assert.Throws<InvalidOperationException>(() => JobThread.Run(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }));

        Assert.Same(before, SynchronizationContext.Current);
    }
}
