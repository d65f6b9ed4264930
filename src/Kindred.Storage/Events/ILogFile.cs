namespace Kindred.Storage.Events;

/// <summary>The few things that a log does to its newest file. A test puts a full disk behind it.</summary>
internal interface ILogFile : IDisposable
{
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset);
    void SyncToDisk();
    void Truncate(long length);
}
