using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Tests.Jobs;

public sealed class JobQueueTests
{
    [Fact]
    public void Take_ManyOfOneTenantAndOneOfAnother_TakesTurns()
    {
        var queue = new JobQueue(threads: 1, shareOfOne: 9);
        foreach (var (account, name) in new[] { ("1", "a"), ("1", "b"), ("1", "c"), ("2", "d") }) queue.Add(Run(account, name));

        var order = Enumerable.Range(0, 4).Select(_ => queue.Take()!.Resource.Name);

        Assert.Equal(["a", "d", "b", "c"], order);
    }

    [Fact]
    public async Task Take_MoreOfOneTenantThanItsShare_LeavesAPlaceForAnother()
    {
        var queue = new JobQueue(threads: 2, shareOfOne: 1);
        queue.Add(Run("1", "a"));
        queue.Add(Run("1", "b"));
        var first = queue.Take()!;

        var second = Task.Run(() => queue.Take()!.Resource.Name);
        queue.Add(Run("2", "c"));
        Assert.Equal("c", await second);
        queue.Leave(first);

        Assert.Equal("b", queue.Take()!.Resource.Name);
    }

    [Fact]
    public void Remove_ARunThatWaits_IsNeverTaken()
    {
        var queue = new JobQueue(threads: 1, shareOfOne: 9);
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
        var queue = new JobQueue(threads: 1, shareOfOne: 9);
        queue.Add(Run("1", "a"));

        queue.Close();

        Assert.Null(queue.Take());
    }

    [Fact]
    public void Take_WorkThatNobodyWaitsFor_ComesAfterAllOther()
    {
        var queue = new JobQueue(threads: 1, shareOfOne: 9);
        queue.Add(Run("1", "a", givesWay: true));
        queue.Add(Run("1", "b"));
        queue.Add(Run("1", "c"));

        var order = Enumerable.Range(0, 3).Select(_ => queue.Take()!.Resource.Name);

        Assert.Equal(["b", "c", "a"], order);
    }

    [Fact]
    public void Add_WorkThatSomebodyWaitsFor_MakesOnlyAsMuchRoomAsItNeeds()
    {
        var queue = new JobQueue(threads: 3, shareOfOne: 9);
        foreach (var name in new[] { "older", "newer" }) queue.Add(Run("1", name, givesWay: true));
        var (older, newer) = (queue.Take()!, queue.Take()!);

        queue.Add(Run("2", "first")); // the third thread is free
        var afterFirst = (older.Ending, newer.Ending);
        queue.Take();
        queue.Add(Run("2", "second"));
        var afterSecond = (older.Ending, newer.Ending);
        queue.Add(Run("2", "third", givesWay: true)); // nobody waits for it either
        queue.Add(Run("2", "fourth"));

        Assert.Equal((JobEnding.None, JobEnding.None), afterFirst);
        Assert.Equal((JobEnding.None, JobEnding.GivingWay), afterSecond);
        Assert.Equal(JobEnding.GivingWay, older.Ending);
    }

    [Fact]
    public async Task Take_WhatARunningOneGuards_WaitsUntilItHasLeft()
    {
        var queue = new JobQueue(threads: 2, shareOfOne: 9);
        foreach (var (name, guard) in new[] { ("a", "movies"), ("b", "movies"), ("c", "books") }) queue.Add(Run("1", name, guard: guard));

        var (first, second) = (queue.Take()!, queue.Take()!);
        var third = Task.Run(queue.Take);
        Assert.False(third.IsCompleted);
        queue.Leave(first);

        Assert.Equal(("a", "c"), (first.Resource.Name, second.Resource.Name));
        Assert.Equal("b", (await third)!.Resource.Name);
    }

    private static JobRun Run(string account, string name, bool givesWay = false, string? guard = null) => new(new JobOrder(
        Arn.Campaign("us-east-1", account.PadLeft(12, '0'), name).ToString(), JobKind.Train, 1, JobLane.Training,
        new JobTerms { GivesWay = givesWay, Guards = guard is null ? [] : [guard] }));
}
