using System.Globalization;
using System.Threading.RateLimiting;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Limits;

/// <summary>How many requests a tenant's control plane takes in a second, and, if the operator wants, each key's data plane.</summary>
internal sealed class RequestRates(DoorLimits limits) : IDisposable
{
    private const int DataBurstSeconds = 2;
    private const int RefusalBurstSeconds = 10;

    private readonly PartitionedRateLimiter<string> _control = Buckets(limits.ControlRequestsPerSecond, limits.ControlRequestBurst);
    private readonly PartitionedRateLimiter<string>? _data = limits.RequestsPerSecondPerKey == 0
        ? null : Buckets(limits.RequestsPerSecondPerKey, limits.RequestsPerSecondPerKey * DataBurstSeconds);

    private readonly PartitionedRateLimiter<string> _refusals =
        Buckets(limits.RefusalsPerSecondPerKey, limits.RefusalsPerSecondPerKey * RefusalBurstSeconds);

    /// <exception cref="ApiException">It is one request too many.</exception>
    public void Take(HttpContext http, Principal principal, ContractOperation operation)
    {
        if (operation.Service is ContractService.Control)
        {
            Take(http, _control, principal.Account, "account");
            return;
        }
        if (_refusals.GetStatistics(principal.ActorId)?.CurrentAvailablePermits == 0)
            throw TooMany(http, TimeSpan.FromSeconds(1),
                $"Too many requests of access key {principal.ActorId} were refused; mend them, and send them more slowly.");
        if (_data is not null) Take(http, _data, principal.ActorId, "access key");
    }

    /// <summary>A request of the data plane was refused.</summary>
    public void NoteRefused(Principal principal, ContractOperation operation)
    {
        if (operation.Service is not ContractService.Control) _refusals.AttemptAcquire(principal.ActorId).Dispose();
    }

    public void Dispose()
    {
        _control.Dispose();
        _data?.Dispose();
        _refusals.Dispose();
    }

    private static void Take(HttpContext http, PartitionedRateLimiter<string> limiter, string who, string noun)
    {
        using var lease = limiter.AttemptAcquire(who);
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        throw TooMany(http, wait, $"The {noun} {who} asks for more requests a second than it may; send them more slowly.");
    }

    private static ApiException TooMany(HttpContext http, TimeSpan wait, string sentence)
    {
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new ApiException(ApiError.Throttling, sentence);
    }

    private static PartitionedRateLimiter<string> Buckets(int perSecond, int burst) => PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));
}
