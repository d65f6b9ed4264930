namespace Kindred.EndToEnd.Tests;

/// <summary>How long the drills are: short by default, long with <c>./test.sh --long</c> (KINDRED_LONG=1).</summary>
internal static class Drills
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("KINDRED_LONG") == "1";

    /// <summary>Whether bounds of time are held to, which is fair on 2 cores that do nothing else (KINDRED_STRICT=1).</summary>
    public static bool Strict { get; } = Environment.GetEnvironmentVariable("KINDRED_STRICT") == "1";

    /// <summary>A new one on every run; a failure prints it, and KINDRED_SEED repeats it.</summary>
    public static int Seed { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("KINDRED_SEED"), out var seed) ? seed : Random.Shared.Next(1_000_000);
}
