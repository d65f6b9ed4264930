using Kindred.Contracts.Refusals;

namespace Kindred.Operations.Tests;

public sealed class TenantTurnsTests
{
    private readonly TenantTurns _turns = new(places: 2, mostWaiting: 3);

    [Fact]
    public void EnterAsync_WhileThereArePlaces_WaitsForNobody()
    {
        Assert.True(Enter("a").IsCompleted);
        Assert.True(Enter("a").IsCompleted);
        Assert.False(Enter("a").IsCompleted);
    }

    [Fact]
    public async Task Leave_WithManyOfOneTenantAndOneOfAnother_TakesTurns()
    {
        await Enter("a");
        await Enter("a");
        var (a1, a2, a3) = (Enter("a"), Enter("a"), Enter("a"));
        var b1 = Enter("b");

        _turns.Leave();
        await a1;
        _turns.Leave();
        await b1;
        Assert.False(a2.IsCompleted);
        _turns.Leave();
        await a2;
        _turns.Leave();
        await a3;
        _turns.Leave();
        _turns.Leave();

        Assert.True(Enter("c").IsCompleted);
    }

    [Fact]
    public async Task EnterAsync_ByATenantOfWhomTooManyWait_IsRefused_AndAnotherIsNot()
    {
        for (var i = 0; i < 2; i++) await Enter("a");
        for (var i = 0; i < 3; i++) _ = Enter("a");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Enter("a"));
        var other = Enter("b");

        Assert.Equal(RefusalCode.ServiceUnavailable, refused.Code);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task Leave_WhenTheNextHasGivenUp_GoesToTheOneAfter()
    {
        for (var i = 0; i < 2; i++) await Enter("a");
        using var left = new CancellationTokenSource();
        var gone = _turns.EnterAsync("a", left.Token).AsTask();
        var next = Enter("a");
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        _turns.Leave();

        await next;
    }

    private Task Enter(string account) => Attempt(account);

    private async Task Attempt(string account) => await _turns.EnterAsync(account, CancellationToken.None);
}
