using System.Diagnostics;

namespace Kindred.Recipes.Tuning;

/// <summary>How fast this machine is at what counting does most: adding to places all over memory.</summary>
internal static class MachineSpeed
{
    private const int Places = 1 << 20; // 4 MB: beyond the nearest caches, as the rows of a matrix are
    private const int Additions = 1 << 20;
    private const int Probes = 5;

    /// <summary>Seconds of the probe on the machine whose costs <see cref="TrainingQuotes"/> holds: EPYC Zen 5, 2 virtual cores.</summary>
    private const double ReferenceSeconds = 0.0022;

    private static readonly Lazy<double> Measured = new(Measure);

    /// <summary>Time that work takes here relative to the machine of reference: 2 = twice as long. Probed once, in some 10 ms.</summary>
    public static double Slowness => Measured.Value;

    // The shortest of a few: what else runs only ever makes one longer.
    private static double Measure()
    {
        var sums = new float[Places];
        var shortest = double.PositiveInfinity;
        for (var probe = 0; probe < Probes; probe++)
        {
            var started = Stopwatch.GetTimestamp();
            var place = 1u;
            for (var i = 0; i < Additions; i++)
            {
                place = place * 1664525 + 1013904223;
                sums[place >> 12] += 1.5f;
            }
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return Math.Clamp(shortest / ReferenceSeconds, 0.25, 20);
    }
}
