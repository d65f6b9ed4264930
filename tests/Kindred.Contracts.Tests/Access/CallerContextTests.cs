using Kindred.Contracts.Access;

namespace Kindred.Contracts.Tests.Access;

public sealed class CallerContextTests
{
    private const string Account = "123456789012";
    private static readonly Principal Key = Principal.OfAccessKey(Account, "KINDREDEXAMPLEKEY234", AccessScopes.Recommend);

    [Fact]
    public async Task Enter_NestedAndAcrossAwaits_EachEndRestoresWhatWasThere()
    {
        Assert.Null(CallerContext.Current);
        using (CallerContext.Enter(Key))
        {
            await Task.Yield();
            Assert.Equal("access-key/KINDREDEXAMPLEKEY234", CallerContext.Current?.AuditName);
            using (CallerContext.EnterService("210987654321", "compaction"))
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
                Assert.Equal(new CallerEntry("210987654321", ActorKind.Service, "compaction"), CallerContext.Current);
            }

            Assert.Equal(new CallerEntry(Account, ActorKind.AccessKey, "KINDREDEXAMPLEKEY234"), CallerContext.Current);
            await Task.Yield();
        }

        Assert.Null(CallerContext.Current);
        Assert.Empty(RequestContext.Keys);
    }

    [Fact]
    public async Task Enter_InAMethodThatIsCalled_EndsWithThatMethod()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            using var entered = CallerContext.EnterService(null, "start");
            await Task.Yield();
            throw new InvalidOperationException();
        });

        Assert.Null(CallerContext.Current);
    }

    [Fact]
    public void Enter_WithOtherValuesInTheContext_LeavesThemAlone()
    {
        RequestContext.Set("other", "value");
        using (CallerContext.EnterService(Account, "test")) Assert.Equal("value", RequestContext.Get("other"));

        Assert.Equal(["other"], RequestContext.Keys);
        RequestContext.Clear();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void EnterService_WithoutAReason_IsABug(string reason) =>
        Assert.Throws<ArgumentException>(() => CallerContext.EnterService(Account, reason));
}
