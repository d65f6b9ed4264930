using Kindred.Storage.Durability;

namespace Kindred.Storage.Tests.Durability;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_OfAFolderThatIsGivenBack_Succeeds()
    {
        using var first = Lock();
        first.Take();
        first.Dispose();

        using var second = Lock();
        second.Take();
    }

    [Fact]
    public void Take_OfATakenFolder_NamesItAndSaysWhatToDo()
    {
        using var first = Lock();
        first.Take();
        using var second = Lock();

        var refused = Assert.Throws<DataFolderException>(second.Take);

        Assert.Contains($"'{_folder.Path}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Kindred:DataPath", refused.Message, StringComparison.Ordinal);
    }

    private DataFolderLock Lock() => new(new StorageOptions { DataPath = _folder.Path });
}
