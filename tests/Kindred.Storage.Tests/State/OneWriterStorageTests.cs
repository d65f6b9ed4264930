using Kindred.Storage.State;
using Orleans.Storage;

namespace Kindred.Storage.Tests.State;

public sealed class OneWriterStorageTests : IDisposable
{
    private readonly HeldStorage _inner = new();
    private readonly WriterQueue _writers = new();
    private readonly OneWriterStorage _storage;

    public OneWriterStorageTests() => _storage = new OneWriterStorage(_inner, _writers);

    public void Dispose() => _writers.Dispose();

    [Fact]
    public async Task Write_WhileAnotherRuns_WaitsItsTurn()
    {
        var (first, second, third) = (WriteAsync("1"), WriteAsync("2"), ClearAsync("3"));
        Assert.Equal(["write =1"], _inner.Calls);

        _inner.Complete();
        await first;
        _inner.Complete();
        await second;
        _inner.Complete();
        await third;

        Assert.Equal(["write =1", "write =2", "clear =3"], _inner.Calls);
    }

    [Fact]
    public async Task Read_WhileAWriteRuns_DoesNotWait()
    {
        var write = WriteAsync("1");

        await _storage.ReadStateAsync("s", GrainId.Create("g", "2"), new GrainState<string>());

        Assert.False(write.IsCompleted);
        _inner.Complete();
        await write;
    }

    [Fact]
    public async Task Write_AfterOneThatFailed_GoesOn()
    {
        var failing = WriteAsync("1");
        _inner.Fail(new InconsistentStateException("stale"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => failing);

        var next = WriteAsync("2");
        _inner.Complete();
        await next;
    }

    private Task WriteAsync(string key) => _storage.WriteStateAsync("s", GrainId.Create("g", key), new GrainState<string>());
    private Task ClearAsync(string key) => _storage.ClearStateAsync("s", GrainId.Create("g", key), new GrainState<string>());

    /// <summary>Notes each call; writes end when the test says so.</summary>
    private sealed class HeldStorage : IGrainStorage
    {
        private TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Calls { get; } = [];

        public void Complete() => Take().SetResult();
        public void Fail(Exception exception) => Take().SetException(exception);

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Begin($"write {grainId.Key}");
        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Begin($"clear {grainId.Key}");

        private Task Begin(string call)
        {
            lock (Calls)
            {
                Calls.Add(call);
                _begun.SetResult();
                return _running.Task;
            }
        }

        // Waits until a call has begun, so that a test cannot end one that is still on its way here.
        private TaskCompletionSource Take()
        {
            Assert.True(_begun.Task.Wait(TimeSpan.FromSeconds(30)), "No write began.");
            lock (Calls)
            {
                var running = _running;
                (_running, _begun) =
                    (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
                return running;
            }
        }
    }
}
