using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Tests.Jobs;

public sealed class JobQueueTests
{
    [Fact]
    public void Take_ManyOfOneTenantAndOneOfAnother_TakesTurns()
    {
        var queue = new JobQueue();
        foreach (var (account, name) in new[] { ("1", "a"), ("1", "b"), ("1", "c"), ("2", "d") }) queue.Add(Run(account, name));

        var order = Enumerable.Range(0, 4).Select(_ => queue.Take()!.Resource.Name);

        Assert.Equal(["a", "d", "b", "c"], order);
    }

    [Fact]
    public void Remove_ARunThatWaits_IsNeverTaken()
    {
        var queue = new JobQueue();
        var (first, second) = (Run("1", "a"), Run("1", "b"));
        queue.Add(first);
        queue.Add(second);

        Assert.True(queue.Remove(first));
        Assert.Same(second, queue.Take());
        Assert.False(queue.Remove(second));
    }

    [Fact]
    public void Close_WithRunsThatWait_GivesNobodyAnother()
    {
        var queue = new JobQueue();
        queue.Add(Run("1", "a"));

        queue.Close();

        Assert.Null(queue.Take());
    }

    private static JobRun Run(string account, string name) => new(Arn.Campaign("us-east-1", account.PadLeft(12, '0'), name), JobKind.Train, 1);
}
