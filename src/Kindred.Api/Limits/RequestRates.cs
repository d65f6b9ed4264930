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

    private readonly PartitionedRateLimiter<string> _control = Buckets(limits.ControlRequestsPerSecond, limits.ControlRequestBurst);
    private readonly PartitionedRateLimiter<string>? _data = limits.RequestsPerSecondPerKey == 0
        ? null : Buckets(limits.RequestsPerSecondPerKey, limits.RequestsPerSecondPerKey * DataBurstSeconds);

    /// <exception cref="ApiException">It is one request too many.</exception>
    public void Take(HttpContext http, Principal principal, ContractOperation operation)
    {
        if (operation.Service is ContractService.Control) Take(http, _control, principal.Account, "account");
        else if (_data is not null) Take(http, _data, principal.ActorId, "access key");
    }

    public void Dispose()
    {
        _control.Dispose();
        _data?.Dispose();
    }

    private static void Take(HttpContext http, PartitionedRateLimiter<string> limiter, string who, string noun)
    {
        using var lease = limiter.AttemptAcquire(who);
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        throw new ApiException(ApiError.Throttling, $"The {noun} {who} asks for more requests a second than it may; send them more slowly.");
    }

    private static PartitionedRateLimiter<string> Buckets(int perSecond, int burst) => PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));
}
