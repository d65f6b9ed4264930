using Kindred.Contracts.Changes;
using Microsoft.Extensions.Hosting;

namespace Kindred.Api.Authentication;

/// <summary>
/// Forgets a key as soon as its grain says that it changed. Should that not be heard, the cache asks again when the key's half
/// minute is over.
/// </summary>
internal sealed class KeyChangeListener(AccessKeyCache keys, IChangeFeed feed) : IHostedService
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = feed.Subscribe(change =>
        {
            if (change.Kind is ChangedSubject.AccessKey) keys.Forget(change.Key);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }
}
