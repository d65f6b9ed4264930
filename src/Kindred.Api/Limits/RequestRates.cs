using System.Globalization;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Storage.Quotas;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Limits;

/// <summary>How many requests a tenant's control plane takes in a second, and, if the operator wants, each key's data plane.</summary>
internal sealed class RequestRates(DoorLimits limits) : IDisposable
{
    private const int RefusalBurstSeconds = 10;

    private readonly TokenBuckets<string> _control = Buckets(limits.ControlRequestsPerSecond, limits.ControlRequestBurst);
    private readonly TokenBuckets<string>? _data = limits.RequestsPerSecondPerKey == 0
        ? null : Buckets(limits.RequestsPerSecondPerKey, 2 * limits.RequestsPerSecondPerKey);

    private readonly TokenBuckets<string> _refusals =
        Buckets(limits.RefusalsPerSecondPerKey, limits.RefusalsPerSecondPerKey * RefusalBurstSeconds);

    /// <exception cref="ApiException">It is one request too many.</exception>
    public void Take(HttpContext http, Principal principal, ContractOperation operation)
    {
        if (operation.Service is ContractService.Control)
        {
            Take(http, _control, principal.Account, "account");
            return;
        }
        if (_refusals.IsEmpty(principal.ActorId))
            throw TooMany(http, TimeSpan.FromSeconds(1),
                $"Too many requests of access key {principal.ActorId} were refused; mend them, and send them more slowly.");
        if (_data is not null) Take(http, _data, principal.ActorId, "access key");
    }

    /// <summary>A request of the data plane was refused.</summary>
    public void NoteRefused(Principal principal, ContractOperation operation)
    {
        if (operation.Service is not ContractService.Control) _refusals.TryTake(principal.ActorId);
    }

    public void Dispose()
    {
        _control.Dispose();
        _data?.Dispose();
        _refusals.Dispose();
    }

    private static void Take(HttpContext http, TokenBuckets<string> buckets, string who, string noun)
    {
        if (!buckets.TryTake(who, out var wait))
            throw TooMany(http, wait, $"The {noun} {who} asks for more requests a second than it may; send them more slowly.");
    }

    private static ApiException TooMany(HttpContext http, TimeSpan wait, string sentence)
    {
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new ApiException(ApiError.Throttling, sentence);
    }

    private static TokenBuckets<string> Buckets(int perSecond, int most) => new(_ => new BucketSize(perSecond, most));
}
