namespace Kindred.Bench.Load;

/// <summary>What a host is asked about.</summary>
/// <param name="CampaignArn">Of the mode's model.</param>
/// <param name="FilterArn">Of a filter that leaves out what the user has met.</param>
/// <param name="TrackingId">Where events go.</param>
/// <param name="ApiKey">What <c>x-api-key</c> says.</param>
/// <param name="Items">Everything that may be ranked, in random order.</param>
internal sealed record LoadSubject(string CampaignArn, string FilterArn, string TrackingId, string ApiKey, string[] Items);
