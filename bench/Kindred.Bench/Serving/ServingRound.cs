namespace Kindred.Bench.Serving;

/// <summary>One round of one target.</summary>
/// <param name="BytesPerRequest">What the server's process allocated meanwhile, for each request that was answered.</param>
internal sealed record ServingRound(WrkResult Result, double BytesPerRequest);
