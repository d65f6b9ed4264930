namespace Kindred.Bench.Serving;

/// <summary>One round of one target.</summary>
/// <param name="BytesPerRequest">What the server's process allocated meanwhile, for each request that was answered.</param>
internal sealed record ServingRound(WrkResult Result, double BytesPerRequest)
{
    /// <summary>Calls a server for some seconds.</summary>
    public static async Task<ServingRound> RunAsync(string script, Uri address, AllocationMeter meter, int connections, int seconds)
    {
        var before = meter.Read();
        var result = await Wrk.RunAsync(script, address, connections, seconds);
        return new ServingRound(result, (meter.Read() - before) / Math.Max(1.0, result.Requests));
    }
}
