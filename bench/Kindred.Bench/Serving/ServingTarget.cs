namespace Kindred.Bench.Serving;

/// <summary>What wrk calls: a campaign of a host, or the baseline.</summary>
/// <param name="Endpoint">The recipe, or what the baseline is called.</param>
/// <param name="Build">The host's label.</param>
/// <param name="Script">Path of its signed requests.</param>
internal sealed record ServingTarget(
    string Endpoint, string Build, Uri Address, string CampaignArn, string TrackingId, AllocationMeter Meter, string Script)
{
    public List<ServingRound> Rounds { get; } = [];

    public Task SignAsync(Audience audience) => SignedRequests.WriteAsync(Address, CampaignArn, TrackingId, audience, Script);

    /// <summary>Calls it for some seconds.</summary>
    public Task<ServingRound> RunAsync(int connections, int seconds) => ServingRound.RunAsync(Script, Address, Meter, connections, seconds);
}
