using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;

namespace Kindred.Storage.Tests.Artifacts;

public sealed class LocalArtifactStoreTests : IDisposable
{
    private const string Name = "segments/111122223333/shop/ITEMS/one.parquet";
    private readonly TemporaryFolder _folder = new();
    private readonly LocalArtifactStore _store;

    public LocalArtifactStoreTests() => _store = Open();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Draft_UntilItIsPublished_CanNeitherBeOpenedNorListed()
    {
        using var draft = _store.Begin(Name);
        await File.WriteAllTextAsync(draft.Path, "rows");

        await Assert.ThrowsAsync<FileNotFoundException>(() => _store.OpenAsync(Name, default));
        Assert.Empty(await ListAsync());
        Assert.Equal(Name, await draft.PublishAsync(default));

        Assert.Equal("rows", await ReadAsync(Name));
        var listed = Assert.Single(await ListAsync());
        Assert.Equal(new ArtifactOwner(ResourceTypes.DatasetGroup, "111122223333", "shop"), listed.Owner);
        Assert.InRange(listed.BegunAt, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Draft_DisposedUnpublished_LeavesNothing()
    {
        using (var draft = _store.Begin(Name)) await File.WriteAllTextAsync(draft.Path, "half");

        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("segments/111122223333/shop/ITEMS/one.parquet")]
    [InlineData("models/111122223333/best/0123abcd.kindred")]
    [InlineData("trainings/111122223333/best/0123abcd/data.kindred")]
    public async Task Draft_OfAProcessThatWasKilled_IsRemovedAtTheNextStart(string name)
    {
        var killed = _store.Begin(name);
        await File.WriteAllTextAsync(killed.Path, "half");

        Open().RemoveDrafts();

        Assert.False(File.Exists(killed.Path));
    }

    [Fact]
    public async Task Delete_WhileACopyIsRead_WaitsForTheLastAndLetsNobodyElseIn()
    {
        await WriteAsync(Name, "rows");
        var (first, second) = (await _store.OpenAsync(Name, default), await _store.OpenAsync(Name, default));

        await _store.DeleteAsync(Name, default);
        first.Dispose();
        first.Dispose(); // twice counts once

        Assert.Equal("rows", await File.ReadAllTextAsync(second.Path));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _store.OpenAsync(Name, default));
        second.Dispose();
        Assert.False(File.Exists(second.Path));
    }

    [Fact]
    public async Task DeleteFolder_WhileACopyIsRead_KeepsOnlyThatUntilItIsGivenBack()
    {
        await WriteAsync(Name, "rows");
        await WriteAsync("segments/111122223333/shop/USERS/two.parquet", "rows");
        var copy = await _store.OpenAsync(Name, default);

        await _store.DeleteFolderAsync("segments/111122223333/shop", default);

        Assert.Equal([copy.Path], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        copy.Dispose();
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Folder_OpenedAgain_HoldsWhatWasKept()
    {
        var folder = await _store.OpenFolderAsync("trainings/111122223333/best/0123abcd", default);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "checkpoint"), "half way");

        var again = await Open().OpenFolderAsync(folder.Name, default);

        Assert.Equal("half way", await File.ReadAllTextAsync(Path.Combine(again.Path, "checkpoint")));
        var listed = Assert.Single(await ListAsync());
        Assert.Equal(
            (folder.Name, true, new ArtifactOwner(ResourceTypes.Solution, "111122223333", "best")),
            (listed.Name, listed.IsFolder, listed.Owner));
        await _store.DeleteFolderAsync(folder.Name, default);
        Assert.Empty(await ListAsync());
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("segments/../../elsewhere")]
    [InlineData("/etc/passwd")]
    [InlineData("segments//one")]
    [InlineData("segments\\one")]
    public async Task Name_ThatLeadsOutOfTheStore_IsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => _store.Begin(name));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.OpenAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.DeleteAsync(name, default));
    }

    private LocalArtifactStore Open() => new(new StorageOptions { DataPath = _folder.Path });

    private async Task WriteAsync(string name, string text)
    {
        using var draft = _store.Begin(name);
        await File.WriteAllTextAsync(draft.Path, text);
        await draft.PublishAsync(default);
    }

    private async Task<string> ReadAsync(string name)
    {
        using var copy = await _store.OpenAsync(name, default);
        return await File.ReadAllTextAsync(copy.Path);
    }

    private async Task<List<StoredArtifact>> ListAsync() => await _store.ListAsync(default).ToListAsync();
}
