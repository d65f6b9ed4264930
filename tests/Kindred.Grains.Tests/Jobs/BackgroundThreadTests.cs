using System.Globalization;
using Kindred.Grains.Jobs;
using Kindred.Numerics.Threading;

namespace Kindred.Grains.Tests.Jobs;

public sealed class BackgroundThreadTests
{
    [Fact]
    public void Run_OnLinux_StepsBackWithItsHelpersAndLeavesTheCallerAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a niceness per thread.");
        var before = Niceness();

        var (own, helper) = BackgroundThread.Run("test", () =>
        {
            var seen = new int[2];
            using var both = new Barrier(2);
            Workers.ForBlocks(2, 1, 2, (worker, _, _) =>
            {
                both.SignalAndWait(); // so that each of the two threads takes one block
                seen[worker] = Niceness();
            });
            return (seen[0], seen[1]);
        });

        var expected = Math.Min(19, before + 10);
        Assert.Equal((expected, expected, before), (own, helper, Niceness()));
    }

    [Fact]
    public void Run_WorkThatFails_FailsTheCaller() =>
        Assert.Equal(
            "why",
            Assert.Throws<InvalidOperationException>(
                () => BackgroundThread.Run<int>("test", () => throw new InvalidOperationException("why"))).Message);

    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
