namespace Kindred.Storage.Events;

/// <summary>One caller's batch on its way to disk.</summary>
internal sealed class Append(byte[] frame, int recordCount)
{
    public byte[] Frame { get; } = frame;
    public int RecordCount { get; } = recordCount;

    /// <summary>The position of the first record, once it is durable. Continuations leave the writer's thread alone.</summary>
    public TaskCompletionSource<long> Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
