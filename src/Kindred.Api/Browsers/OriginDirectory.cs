using Kindred.Api.Authentication;

namespace Kindred.Api.Browsers;

/// <summary>
/// The origins that some key allows. Read from the keys at most every half minute, however many preflights come; one that this process
/// gave to a key is known at once.
/// </summary>
internal sealed class OriginDirectory(IAccessKeyStore keys, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Task<HashSet<string>>? _reading;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public async ValueTask<bool> AllowsAsync(string origin) => Origins.Allow(await ReadAsync(), origin);

    /// <summary>A key was made that allows origins.</summary>
    public void Forget()
    {
        lock (_gate) _reading = null;
    }

    private Task<HashSet<string>> ReadAsync()
    {
        lock (_gate)
        {
            var isOld = clock.GetUtcNow() - _readAt >= KeptFor;
            if (_reading is null || (_reading.IsCompleted && (isOld || !_reading.IsCompletedSuccessfully)))
                (_reading, _readAt) = (LoadAsync(), clock.GetUtcNow());
            return _reading;
        }
    }

    // Not for the request that happens to be the first: others wait for it too.
    private async Task<HashSet<string>> LoadAsync() => new(await keys.ListOriginsAsync(CancellationToken.None), StringComparer.Ordinal);
}
