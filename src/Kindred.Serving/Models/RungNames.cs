using System.Collections.Concurrent;

namespace Kindred.Serving.Models;

/// <summary>
/// Rungs as values of a metric's attribute. A rung may name what training chose, such as a half-life in days, so there is no end of them;
/// of a metric's series there must be one.
/// </summary>
internal static class RungNames
{
    internal const int Most = 64;
    internal const string Other = "other";

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <returns>The rung, or "other" once there have been too many.</returns>
    public static string Of(string rung) => Known.Count < Most ? Known.GetOrAdd(rung, rung) : Known.GetValueOrDefault(rung, Other);
}
