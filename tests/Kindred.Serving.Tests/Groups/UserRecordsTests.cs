using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Events;
using Kindred.Serving.Records;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Groups;

public sealed class UserRecordsTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Arn _group;

    public UserRecordsTests() => _group = _world.AddGroup(ServingWorld.Alice);

    [Fact]
    public async Task PutUsersAsync_User_IsKnownToTheNextRequestAndAfterARestart()
    {
        Assert.Null(await AgeAsync("u"));

        await PutAsync("u", 30);
        Assert.Equal("30", await AgeAsync("u"));
        await PutAsync("u", 31);
        _world.Restart();

        Assert.Equal("31", await AgeAsync("u"));
        Assert.Null(await AgeAsync("another"));
    }

    [Fact]
    public async Task RefreshAsync_ImportedUsers_AreKnownAndAPutReplacesThem()
    {
        Assert.Null(await AgeAsync("u"));
        await _world.ImportAsync(_group, DatasetTypes.Users, "USER_ID,AGE\nu,20\nv,21\n");
        await _world.Groups.RefreshAsync(_group, default);

        await PutAsync("u", 30);

        Assert.Equal("30", await AgeAsync("u"));
        Assert.Equal("21", await AgeAsync("v"));
    }

    [Fact]
    public async Task RefreshAsync_AfterACompaction_UsersComeFromTheSnapshot()
    {
        await PutAsync("u", 30);
        Assert.Equal("30", await AgeAsync("u"));

        await _world.CompactAsync(_group);

        Assert.Equal("30", await AgeAsync("u"));
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;
        Assert.True(group.Value.Users.Catalog!.TryGet("u", out _));
        Assert.Empty(group.Value.Users.Live.Read(0).Records); // the snapshot has taken its place in memory
    }

    private Task PutAsync(string user, int age) => _world.Ingestion.PutUsersAsync(
        new PutUsersRequest
        {
            DatasetArn = Arn.Dataset(ServingWorld.Region, ServingWorld.Alice.Account, "shop", DatasetTypes.Users).ToString(),
            Users = [new User { UserId = user, Properties = $$"""{"age":{{age}}}""" }],
        }, ServingWorld.Alice, default);

    private async Task<string?> AgeAsync(string user)
    {
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;
        var users = group.Value.Users;
        return users.TryGet(user, out var record) ? record.Value(RecordColumn.Of("AGE", users.Catalog)) : null;
    }

    public void Dispose() => _world.Dispose();
}
