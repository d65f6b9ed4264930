using Kindred.Contracts.Arns;
using Kindred.Storage.Events;

namespace Kindred.Grains.Tests.World;

/// <summary>An event log whose readers wait until a test lets them: a log that takes long to read.</summary>
internal sealed class GatedEventLog(IEventLog inner) : IEventLog
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosed;
    private int _waiting;

    /// <summary>How many reads have come to the closed gate.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Close() => _isClosed = true;

    public void Open() => _opened.TrySetResult();

    public async Task ReadAsync(Arn datasetGroup, long fromPosition, RecordVisitor visit, CancellationToken cancellationToken)
    {
        if (_isClosed)
        {
            Interlocked.Increment(ref _waiting);
            await _opened.Task.WaitAsync(cancellationToken);
        }
        await inner.ReadAsync(datasetGroup, fromPosition, visit, cancellationToken);
    }

    public long PassedOver => inner.PassedOver;
    public Task CreateAsync(Arn datasetGroup, CancellationToken cancellationToken) => inner.CreateAsync(datasetGroup, cancellationToken);
    public ValueTask<long> AppendAsync(Arn datasetGroup, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken) =>
        inner.AppendAsync(datasetGroup, records, cancellationToken);
    public ValueTask<long> EndPositionAsync(Arn datasetGroup, CancellationToken cancellationToken) =>
        inner.EndPositionAsync(datasetGroup, cancellationToken);
    public Task<long> SealAsync(Arn datasetGroup, CancellationToken cancellationToken) => inner.SealAsync(datasetGroup, cancellationToken);
    public Task DropBelowAsync(Arn datasetGroup, long position, CancellationToken cancellationToken) =>
        inner.DropBelowAsync(datasetGroup, position, cancellationToken);
    public Task DeleteAsync(Arn datasetGroup, CancellationToken cancellationToken) => inner.DeleteAsync(datasetGroup, cancellationToken);
    public Task AdoptAsync(IReadOnlyCollection<Arn> datasetGroups, CancellationToken cancellationToken) =>
        inner.AdoptAsync(datasetGroups, cancellationToken);
}
