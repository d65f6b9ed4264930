using System.Text;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Objects;

namespace Kindred.Storage.Tests.Objects;

public sealed class S3BackendTests(S3Server server) : IClassFixture<S3Server>, IDisposable
{
    private const string Alice = "111111111111";
    private const string Bob = "222222222222";

    private readonly TemporaryFolder _folder = new();
    private ObjectStore? _store;

    public void Dispose()
    {
        _store?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Put_OfABody_IsReadBackByItsLocation()
    {
        await PutAsync("put/raw.csv", "USER_ID\n1\n");

        var found = Assert.Single(await Store.ListAsync(Alice, "s3://shop/put/raw.csv", default));

        Assert.Equal(new StoredObject("s3://shop/put/raw.csv", "raw.csv", 10), found);
        Assert.Equal("USER_ID\n1\n", await ReadAsync(found));
    }

    [Fact]
    public async Task List_OfAFolder_GivesFirstLevelObjects()
    {
        foreach (var key in (string[])["list/2.csv", "list/1.csv", "list/older/0.csv", "lists.csv"]) await PutAsync(key, key);

        var found = await Store.ListAsync(Alice, "s3://shop/list/", default);

        Assert.Equal(["s3://shop/list/1.csv", "s3://shop/list/2.csv"], found.Select(o => o.Location));
        Assert.Equal("list/2.csv", await ReadAsync(found[1]));
    }

    [Theory]
    [InlineData("s3://shop/missing.csv")]
    [InlineData("s3://shop/missing/")]
    [InlineData("s3://no-such-bucket/a.csv")]
    [InlineData("s3://no-such-bucket/")]
    public async Task List_OfNothing_IsRefused(string location)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Store.ListAsync(Alice, location, default));

        Assert.StartsWith("Invalid Data location.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfABucketThatBelongsToAnother_IsRefused()
    {
        await PutAsync("private.csv", "x");

        foreach (var (account, location) in new[] { (Bob, "s3://shop/private.csv"), (Alice, "s3://others/"), (Bob, "s3://no-such-bucket/") })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => Store.ListAsync(account, location, default));
            Assert.StartsWith("Insufficient privileges for accessing data in Amazon S3.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_WithAKeyThatTheServerDoesNotKnow_IsRefused()
    {
        var options = Options();
        options.S3!.AccessKeyId = "UNKNOWN";
        using var store = new ObjectStore(options);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => store.ListAsync(Alice, "s3://shop/", default));

        Assert.StartsWith("Insufficient privileges", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WhenNoServerAnswers_NamesTheServer()
    {
        var options = Options();
        options.S3!.ServiceUrl = "http://127.0.0.1:1";
        using var store = new ObjectStore(options);

        var failed = await Assert.ThrowsAsync<IOException>(() => store.ListAsync(Alice, "s3://shop/", default));

        Assert.Contains("http://127.0.0.1:1", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_OfAnObject_RemovesIt()
    {
        await PutAsync("deleted.csv", "x");

        Assert.True(await Store.DeleteAsync(Alice, "shop", "deleted.csv", default));
        Assert.False(await Store.DeleteAsync(Alice, "shop", "deleted.csv", default));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    private ObjectStore Store => _store ??= new ObjectStore(Options());

    private StorageOptions Options()
    {
        Assert.SkipWhen(server.Address is null, server.Absence);
        return new StorageOptions
        {
            DataPath = _folder.Path,
            S3 = new S3Options
            {
                ServiceUrl = server.Address,
                AccessKeyId = "S3RVER",
                SecretAccessKey = "S3RVER",
                DefaultOwner = Alice,
                BucketOwners = new Dictionary<string, string> { ["others"] = "333333333333" },
            },
        };
    }

    private Task<ObjectReceipt> PutAsync(string key, string body) =>
        Store.PutAsync(Alice, "shop", key, new MemoryStream(Encoding.UTF8.GetBytes(body)), 1 << 20, default);

    private async Task<string> ReadAsync(StoredObject stored)
    {
        using var reader = new StreamReader(await Store.OpenReadAsync(Alice, stored, default));
        return await reader.ReadToEndAsync();
    }
}
