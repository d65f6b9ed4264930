using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Objects;

namespace Kindred.Storage.Tests.Objects;

public sealed class ObjectStoreTests : IDisposable
{
    private const string Alice = "111111111111";
    private const string Bob = "222222222222";

    private readonly TemporaryFolder _folder = new();
    private readonly ObjectStore _store;

    public ObjectStoreTests() => _store = new ObjectStore(new StorageOptions { DataPath = _folder.Path });

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Put_OfABody_IsReadBackByItsLocation()
    {
        var receipt = await PutAsync(Alice, "shop", "raw/items.csv", "ITEM_ID\n1\n");

        var found = Assert.Single(await _store.ListAsync(Alice, "s3://shop/raw/items.csv", default));

        Assert.Equal(new ObjectReceipt("s3://shop/raw/items.csv", 10, Convert.ToHexStringLower(SHA256.HashData("ITEM_ID\n1\n"u8))), receipt);
        Assert.Equal(new StoredObject("s3://shop/raw/items.csv", "items.csv", 10), found);
        Assert.Equal("ITEM_ID\n1\n", await ReadAsync(Alice, found));
    }

    [Fact]
    public async Task List_OfAFolder_GivesFirstLevelFilesInOrder()
    {
        foreach (var key in (string[])["day/2.csv", "day/1.csv", "day/older/0.csv", "days.csv"]) await PutAsync(Alice, "shop", key, key);

        var found = await _store.ListAsync(Alice, "s3://shop/day/", default);

        Assert.Equal(["s3://shop/day/1.csv", "s3://shop/day/2.csv"], found.Select(o => o.Location));
        Assert.Equal("day/2.csv", await ReadAsync(Alice, found[1]));
    }

    [Fact]
    public async Task List_OfAnotherAccountsObject_FindsNothing()
    {
        await PutAsync(Alice, "shop", "secret.csv", "x");

        foreach (var location in (string[])["s3://shop/secret.csv", "s3://shop/", $"s3://shop/../../{Alice}/shop/secret.csv"])
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => _store.ListAsync(Bob, location, default));
            Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        }
        await Assert.ThrowsAsync<RefusedException>(
            () => _store.OpenReadAsync(Bob, new StoredObject("s3://shop/secret.csv", "secret.csv", 1), default));
        Assert.Null(await _store.FindAsync(Bob, "shop", "secret.csv", default));
        Assert.False(await _store.DeleteAsync(Bob, "shop", "secret.csv", default));
    }

    [Fact]
    public async Task Put_LargerThanAllowed_IsRefusedAndStoresNothing()
    {
        await PutAsync(Alice, "shop", "a", "old");

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            _store.PutAsync(Alice, "shop", "a", new MemoryStream(new byte[11]), maxBytes: 10, default));

        Assert.Equal(RefusalCode.TooLarge, refused.Code);
        Assert.Equal(["buckets/111111111111/shop/a"], Files());
    }

    [Fact]
    public async Task Put_WhoseBodyHasAnotherHash_IsRefusedAndStoresNothing()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            _store.PutAsync(Alice, "shop", "a", new MemoryStream([1]), 10, new string('0', 64), default));

        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Put_WhoseClientGoesAway_StoresNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.PutAsync(Alice, "shop", "a", new BreakingStream(), 1 << 20, default));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task Put_OverAnObjectThatIsBeingRead_LeavesTheReaderItsOldBody()
    {
        await PutAsync(Alice, "shop", "a", "old");
        await using var reading = await _store.OpenReadAsync(Alice, (await _store.FindAsync(Alice, "shop", "a", default))!, default);

        await PutAsync(Alice, "shop", "a", "new");

        using var reader = new StreamReader(reading);
        Assert.Equal("old", await reader.ReadToEndAsync());
        Assert.Equal("new", await ReadAsync(Alice, (await _store.FindAsync(Alice, "shop", "a", default))!));
    }

    [Fact]
    public async Task Put_OfAnObjectWhereAFolderIs_SaysSo()
    {
        await PutAsync(Alice, "shop", "a/b", "x");
        await PutAsync(Alice, "shop", "c", "x");

        foreach (var key in (string[])["a", "c/d"])
            Assert.Contains(
                "either an object or a folder",
                (await Assert.ThrowsAsync<RefusedException>(() => PutAsync(Alice, "shop", key, "x"))).Message,
                StringComparison.Ordinal);

        Assert.True(await _store.DeleteAsync(Alice, "shop", "a/b", default));
        await PutAsync(Alice, "shop", "a", "x");
    }

    [Fact]
    public async Task DeleteInterruptedUploads_AfterACrash_LeavesOnlyObjects()
    {
        await PutAsync(Alice, "shop", "a", "x");
        Directory.CreateDirectory(_folder.At("buckets", ".incoming"));
        File.WriteAllText(_folder.At("buckets", ".incoming", "half"), "ha");

        _store.DeleteInterruptedUploads();

        Assert.Equal(["buckets/111111111111/shop/a"], Files());
    }

    [Fact]
    public async Task Read_ThroughALinkOutOfTheBucket_IsRefused()
    {
        await PutAsync(Bob, "shop", "secret.csv", "x");
        await PutAsync(Alice, "shop", "a", "x");
        File.CreateSymbolicLink(_folder.At("buckets", Alice, "shop", "file"), _folder.At("buckets", Bob, "shop", "secret.csv"));
        Directory.CreateSymbolicLink(_folder.At("buckets", Alice, "shop", "folder"), "../../" + Bob + "/shop");

        foreach (var location in (string[])["s3://shop/file", "s3://shop/folder/secret.csv", "s3://shop/folder/"])
            await Assert.ThrowsAsync<RefusedException>(() => _store.ListAsync(Alice, location, default));
        await Assert.ThrowsAsync<RefusedException>(() => PutAsync(Alice, "shop", "folder/mine", "x"));
        Assert.Equal(["a"], (await _store.ListAsync(Alice, "s3://shop/", default)).Select(o => o.Name));
    }

    // Whatever the key: it is refused, or it is a file in the account's own bucket and nowhere else.
    [Fact]
    public async Task Put_UnderAnyKey_TouchesOnlyTheAccountsBucket() =>
        await Gen.OneOf(Gen.OneOf("..", ".", "/", "\\", "\0", "a", "b", "%2e", "~"), Gen.String[0, 4]).Array[1, 6].SampleAsync(async parts =>
        {
            try
            {
                await PutAsync(Alice, "shop", string.Concat(parts), "x");
            }
            catch (RefusedException)
            {
            }
            Assert.All(Files(), file => Assert.StartsWith($"buckets/{Alice}/shop/", file, StringComparison.Ordinal));
        }, iter: 200, threads: 1);

    [Theory]
    [InlineData("")]
    [InlineData("11111111111")]
    [InlineData("../111111111")]
    [InlineData("11111111111a")]
    public async Task Put_ForSomethingThatIsNoAccount_IsABug(string account) =>
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(account, "shop", "a", "x"));

    private Task<ObjectReceipt> PutAsync(string account, string bucket, string key, string body) =>
        _store.PutAsync(account, bucket, key, new MemoryStream(Encoding.UTF8.GetBytes(body)), 1 << 20, default);

    private async Task<string> ReadAsync(string account, StoredObject stored)
    {
        using var reader = new StreamReader(await _store.OpenReadAsync(account, stored, default));
        return await reader.ReadToEndAsync();
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder.Path, f));

    private sealed class BreakingStream : MemoryStream
    {
        private bool _started;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_started) throw new IOException("The client closed the connection.");
            _started = true;
            return new ValueTask<int>(100);
        }
    }
}
