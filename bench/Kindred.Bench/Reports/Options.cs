namespace Kindred.Bench.Reports;

/// <summary>What follows a benchmark's name on the command line.</summary>
internal static class Options
{
    /// <returns>What follows the name; null when it is not there.</returns>
    public static string? Find(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
}
