using System.Collections.Concurrent;
using Kindred.Contracts.Refusals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Authentication;

/// <summary>
/// When keys were accepted last. Noting it costs a request one write to memory; every few minutes, and when the process stops, what is new
/// goes to the keys' grains. A process that dies forgets a few minutes.
/// </summary>
internal sealed partial class AccessKeyUse(IAccessKeyStore store, TimeProvider clock, ILogger<AccessKeyUse> logger) : BackgroundService, IHostedLifecycleService
{
    public static readonly TimeSpan StoredEvery = TimeSpan.FromMinutes(5);

    // Keys that exist, and among them those that were used within a few minutes.
    private readonly ConcurrentDictionary<string, Moment> _used = new(StringComparer.Ordinal);

    /// <summary>Where the last use of a key is noted.</summary>
    public Moment Of(string id) => _used.GetOrAdd(id, static _ => new Moment());

    /// <returns>The later of what is stored and what this process knows.</returns>
    public DateTimeOffset? Last(string id, DateTimeOffset? stored) =>
        _used.TryGetValue(id, out var moment) && moment.At is { } at && !(stored >= at) ? at : stored;

    internal async Task StoreAsync()
    {
        foreach (var (id, moment) in _used)
        {
            if (moment.TakeNew() is not { } at)
            {
                // Used again, the key's next lookup makes another.
                if (!(clock.GetUtcNow() - moment.At <= 2 * StoredEvery)) _used.TryRemove(id, out _);
                continue;
            }
            try
            {
                await store.NoteUseAsync(id, at);
            }
            catch (Exception failure) when (failure is RefusedException or OrleansException or TimeoutException)
            {
                LogNotStored(failure, id);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(StoredEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await StoreAsync();
    }

    // Before anything stops: the grains are gone when it is this service's turn.
    public Task StoppingAsync(CancellationToken cancellationToken) => StoreAsync();
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of access key {AccessKeyId} could not be stored")]
    private partial void LogNotStored(Exception failure, string accessKeyId);

    /// <summary>A moment that many threads move on.</summary>
    internal sealed class Moment
    {
        private long _ticks;
        private long _stored;

        public DateTimeOffset? At => Volatile.Read(ref _ticks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

        // Threads may write in any order: they are milliseconds apart, and minutes are asked for.
        public void Is(DateTimeOffset now) => Volatile.Write(ref _ticks, now.UtcTicks);

        /// <returns>The moment, if it is another one than was taken before.</returns>
        public DateTimeOffset? TakeNew()
        {
            var ticks = Volatile.Read(ref _ticks);
            if (ticks == _stored) return null;
            _stored = ticks;
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }
}
