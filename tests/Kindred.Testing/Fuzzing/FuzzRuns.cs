using System.Diagnostics;

namespace Kindred.Testing.Fuzzing;

/// <summary>How often a test tries made-up input: as often as is wanted, less often where the machine is slow or busy, and never less than a part.</summary>
public static class FuzzRuns
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("KINDRED_LONG") is null ? 8 : 60);

    /// <param name="wanted">How many, on a machine that is fast enough.</param>
    /// <returns>Seeds from 0 on. A failing test says which one it was: the same seed makes the same input.</returns>
    public static IEnumerable<int> Seeds(int wanted)
    {
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < wanted && (seed < wanted / 50 || clock.Elapsed < Patience); seed++) yield return seed;
    }
}
