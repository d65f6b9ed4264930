using System.Net;
using BitFaster.Caching.Lru;
using Kindred.Api.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Limits;

/// <summary>
/// Counts how often an address failed to prove who it is. One that fails too often has its guesses refused without a look, until its minute
/// is over; keys that exist pass all the same, so nobody who shares the address with a guesser is shut out.
/// </summary>
internal sealed partial class FailedAuthentications(TimeProvider clock, DoorLimits limits, ILogger<FailedAuthentications> logger)
{
    private const int MostAddresses = 16_384;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly ApiError[] Failures = [ApiError.UnrecognizedClient, ApiError.InvalidSignature, ApiError.ExpiredToken];

    private readonly ConcurrentLru<IPAddress, Count> _counts = new(Environment.ProcessorCount, MostAddresses, EqualityComparer<IPAddress>.Default);

    /// <param name="wait">Until the address is heard again.</param>
    public bool AreTooMany(HttpContext http, out TimeSpan wait)
    {
        wait = default;
        if (!_counts.TryGet(ClientNetwork.Of(http.Connection.RemoteIpAddress), out var count)) return false;
        wait = count.Since + Window - clock.GetUtcNow();
        return wait > TimeSpan.Zero && Volatile.Read(ref count.Failures) >= limits.FailedAuthenticationsPerMinute;
    }

    public static ApiException Refusal(HttpContext http, TimeSpan left)
    {
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(left.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new ApiException(ApiError.Throttling,
            $"Too many requests from this address failed to authenticate; try again in {left.TotalSeconds:F0} seconds.");
    }

    /// <summary>Takes note of a refused request, if it was refused for its credentials.</summary>
    public void Note(HttpContext http, ApiError error)
    {
        if (!Failures.Contains(error)) return;
        var (address, now) = (ClientNetwork.Of(http.Connection.RemoteIpAddress), clock.GetUtcNow());
        var count = _counts.GetOrAdd(address, static (_, now) => new Count(now), now);
        if (now >= count.Since + Window) _counts.AddOrUpdate(address, count = new Count(now));
        var failures = Interlocked.Increment(ref count.Failures);
        // The first of a minute, and the one that shuts the address out: a flood of guesses must not become a flood of lines.
        if (failures == 1) LogFailed(address, error.Code, http.Request.Method, http.Request.Path.Value ?? "/");
        else if (failures == limits.FailedAuthenticationsPerMinute) LogShutOut(address, failures);
    }

    private sealed class Count(DateTimeOffset since)
    {
        public int Failures;

        public DateTimeOffset Since => since;
    }

    [LoggerMessage(EventId = 4101, EventName = "AuthenticationFailed", Level = LogLevel.Warning,
        Message = "Audit: a request from {Address} failed to authenticate ({Error}): {Method} {Path}")]
    private partial void LogFailed(IPAddress address, string error, string method, string path);

    [LoggerMessage(EventId = 4102, EventName = "AddressShutOut", Level = LogLevel.Warning,
        Message = "Audit: {Address} failed to authenticate {Failures} times within a minute, and has to wait for the next")]
    private partial void LogShutOut(IPAddress address, int failures);
}
