using System.Globalization;

namespace Kindred.AppHost.Tests;

/// <summary>The processes of this machine, as far as a test has to know them.</summary>
internal static class ProcessTable
{
    /// <summary>Processes that were started with <paramref name="text"/> in their environment, as <c>NAME=value</c>.</summary>
    public static IReadOnlyList<int> WithEnvironment(string text) => Find("environ", content => content.Contains(text, StringComparison.Ordinal));

    /// <summary>Aspire's own processes, each of which watches this one or another of them, and ends with it.</summary>
    public static IReadOnlyList<int> OfAspire()
    {
        var found = new List<int>();
        for (IEnumerable<int> watched = [Environment.ProcessId]; watched.SelectMany(Watching).Except(found).ToArray() is { Length: > 0 } more; watched = more)
            found.AddRange(more);
        return found;
    }

    /// <summary>A process that has ended, and whose parent has not looked yet, counts as gone.</summary>
    public static bool IsAlive(int processId) => Read(processId, "cmdline").Length > 0;

    /// <summary>The name of the executable, without its folder.</summary>
    public static string NameOf(int processId) => Path.GetFileName(Read(processId, "cmdline").Split('\0')[0]);

    private static List<int> Watching(int processId) =>
        Find("cmdline", content => content.Contains($"--monitor\0{processId.ToString(CultureInfo.InvariantCulture)}\0", StringComparison.Ordinal));

    private static List<int> Find(string file, Predicate<string> isWanted) =>
        [.. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && isWanted(Read(id, file)))];

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
