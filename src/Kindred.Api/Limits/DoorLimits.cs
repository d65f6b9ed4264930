using Kindred.Storage.Quotas;

namespace Kindred.Api.Limits;

/// <summary>How much of this process strangers and single tenants may take up. Settings <c>Kindred:Limits</c>.</summary>
public sealed class DoorLimits
{
    /// <summary>Failed authentications of one address in a minute; after that it has to wait. An IPv6 address counts by its /64.</summary>
    public int FailedAuthenticationsPerMinute { get; set; } = 100;

    /// <summary>Memory for request bodies that are being read or answered, in bytes.</summary>
    public long BodyMemoryBytes { get; set; } = 128L << 20;

    /// <summary>How much of that memory one tenant may hold, in bytes.</summary>
    public long BodyMemoryBytesPerTenant { get; set; } = 32L << 20;

    /// <summary>Open connections.</summary>
    public int Connections { get; set; } = 10_000;

    /// <summary>Open connections of one address, unless it is this machine's own or a trusted proxy's.</summary>
    public int ConnectionsPerAddress { get; set; } = 500;

    /// <summary>The slowest that a body may arrive, in bytes per second, after five seconds of patience.</summary>
    public int MinBodyBytesPerSecond { get; set; } = 4096;

    /// <summary>Changes and lists of resources that a tenant may ask for in a second, in the long run.</summary>
    public int ControlRequestsPerSecond { get; set; } = 200;

    /// <summary>As many at once, after a quiet time.</summary>
    public int ControlRequestBurst { get; set; } = 2000;

    /// <summary>
    /// Requests of one key for recommendations and records that are refused in a second, in the long run: after ten times as many at once
    /// none is looked at before there is room again. A program that is wrong, or means harm, costs little.
    /// </summary>
    public int RefusalsPerSecondPerKey { get; set; } = 100;

    /// <summary>Recommendations and records that one key may ask for in a second; 0 for as many as the machine can.</summary>
    public int RequestsPerSecondPerKey { get; set; }

    /// <summary>Recommendations and rankings of one campaign or recommender in a second; 0 for as many as the machine can.</summary>
    public int RecommendationsPerSecondPerEndpoint { get; set; } = DataRates.DefaultRecommendations;

    /// <summary>Requests with records of one tracker or dataset in a second; likewise.</summary>
    public int PutsPerSecondPerTarget { get; set; } = DataRates.DefaultPuts;
}
