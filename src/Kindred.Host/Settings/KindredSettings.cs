using Kindred.Api.Limits;
using Kindred.Api.Proxies;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Identity.Accounts;
using Kindred.Portal.Security;
using Kindred.Serving;
using Kindred.Storage;

namespace Kindred.Host.Settings;

/// <summary>The section <c>Kindred</c> of the configuration, checked. Every member has a default that works on a laptop.</summary>
internal sealed record KindredSettings
{
    public required string Region { get; init; }
    public required BootstrapSettings Bootstrap { get; init; }
    public required StorageOptions Storage { get; init; }
    public required JobOptions Jobs { get; init; }
    public required ProxyOptions Proxies { get; init; }
    public required DoorLimits Limits { get; init; }
    public required TenantLimits Tenants { get; init; }
    public required ServingOptions Serving { get; init; }
    public required AccountsOptions Accounts { get; init; }
    public required PictureOrigins Pictures { get; init; }
    /// <summary>Whether operators have the dashboard of Orleans beside the portal's pages.</summary>
    public bool OrleansDashboard { get; init; }
}

/// <summary>The first tenant and its key; whatever is null is generated at the first start.</summary>
internal sealed record BootstrapSettings(string? AccountId, string? AccessKeyId, string? SecretAccessKey);
