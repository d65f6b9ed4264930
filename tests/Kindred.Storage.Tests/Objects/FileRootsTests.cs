using Kindred.Contracts.Refusals;
using Kindred.Storage.Objects;

namespace Kindred.Storage.Tests.Objects;

public sealed class FileRootsTests : IDisposable
{
    private const string Account = "111111111111";
    private readonly TemporaryFolder _folder = new();

    public FileRootsTests()
    {
        foreach (var file in (string[])["open/2.csv", "open/1.csv", "open/deep/3.csv", "closed/secret.csv", "open-too/4.csv", $"tenants/{Account}/5.csv", "tenants/222222222222/6.csv"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(file))!);
            File.WriteAllText(_folder.At(file), file);
        }
        File.CreateSymbolicLink(_folder.At("open", "leak.csv"), _folder.At("closed", "secret.csv"));
        Directory.CreateSymbolicLink(_folder.At("open", "leak"), "../closed");
        Directory.CreateSymbolicLink(_folder.At("open", "loop"), "loop");
        Directory.CreateSymbolicLink(_folder.At("alias"), _folder.At("open"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_OfAnAllowedFolder_GivesFirstLevelFiles()
    {
        using var store = Store("open");

        var found = await store.ListAsync(Account, Location("open/"), default);

        Assert.Equal(["1.csv", "2.csv"], found.Select(o => o.Name));
        using var reader = new StreamReader(await store.OpenReadAsync(Account, found[0], default));
        Assert.Equal("open/1.csv", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("closed/secret.csv")]
    [InlineData("open-too/4.csv")]
    [InlineData("open/../closed/secret.csv")]
    [InlineData("open/%2e%2e/closed/secret.csv")]
    [InlineData("open/leak.csv")]
    [InlineData("open/leak/secret.csv")]
    [InlineData("open/leak/")]
    [InlineData("open/loop/x")]
    [InlineData("open/missing.csv")]
    [InlineData("open/%00")]
    public async Task List_OfAnythingElse_IsRefused(string path)
    {
        using var store = Store("open");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => store.ListAsync(Account, Location(path), default));

        Assert.StartsWith("Invalid Data location.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => store.OpenReadAsync(Account, new StoredObject(Location(path), "x", 1), default));
    }

    [Theory]
    [InlineData("file://server/share/x")]
    [InlineData("file:x")]
    [InlineData("file://")]
    [InlineData("file:///x?y")]
    public async Task List_OfALocationWithAHostOrMore_IsRefused(string location)
    {
        using var store = Store("open");

        await Assert.ThrowsAsync<RefusedException>(() => store.ListAsync(Account, location, default));
    }

    [Fact]
    public async Task List_WithNoRoots_RefusesEverything()
    {
        using var store = new ObjectStore(new StorageOptions { DataPath = _folder.At("data") });

        await Assert.ThrowsAsync<RefusedException>(() => store.ListAsync(Account, Location("open/1.csv"), default));
    }

    [Fact]
    public async Task List_UnderARootThatIsALink_Works()
    {
        using var store = Store("alias");

        Assert.Single(await store.ListAsync(Account, Location("alias/1.csv"), default));
    }

    [Fact]
    public async Task List_UnderARootPerAccount_KeepsTenantsApart()
    {
        using var store = Store("tenants/{account}");

        Assert.Single(await store.ListAsync(Account, Location($"tenants/{Account}/"), default));
        await Assert.ThrowsAsync<RefusedException>(() => store.ListAsync(Account, Location("tenants/222222222222/6.csv"), default));
    }

    private ObjectStore Store(string root) => new(new StorageOptions { DataPath = _folder.At("data"), AllowedFileRoots = [_folder.At(root)] });

    private string Location(string path) => $"file://{_folder.Path}/{path}";
}
