using Kindred.Bench.Reports;
using Kindred.Bench.Serving;

namespace Kindred.Bench.Door;

/// <summary>One kind of request to one server.</summary>
internal sealed record DoorTarget(string Build, string Operation, bool IsSigned, Uri Address, AllocationMeter Meter, string Script)
{
    public List<ServingRound> Rounds { get; } = [];

    public async Task<ServingRound> RunAsync(int connections, int seconds)
    {
        var before = Meter.Read();
        var result = await Wrk.RunAsync(Script, Address, connections, seconds);
        return new ServingRound(result, (Meter.Read() - before) / Math.Max(1.0, result.Requests));
    }

    public double Median(Func<ServingRound, double> value) => Machine.Median(Rounds.Select(value));
}
