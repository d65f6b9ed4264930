using Kindred.Bench.Reports;
using Kindred.Bench.Serving;

namespace Kindred.Bench.Door;

/// <summary>One kind of request to one server.</summary>
internal sealed record DoorTarget(string Build, string Operation, bool IsSigned, Uri Address, AllocationMeter Meter, string Script)
{
    public List<ServingRound> Rounds { get; } = [];

    /// <summary>Calls it for some seconds.</summary>
    public Task<ServingRound> RunAsync(int connections, int seconds) => ServingRound.RunAsync(Script, Address, Meter, connections, seconds);

    public double Median(Func<ServingRound, double> value) => Machine.Median(Rounds.Select(value));
}
