using System.Globalization;
using System.Text.RegularExpressions;

namespace Kindred.Portal.FirstModel;

/// <summary>Names of what the portal makes by itself. Names are unique in an organisation, so the project's goes before.</summary>
internal static partial class ResourceNaming
{
    private const int MaxLength = 63;

    public static string Import(string project, string datasetType, DateTimeOffset now) =>
        Joined(project, datasetType, now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));

    public static string Schema(string project, string datasetType, DateTimeOffset now) => Import(project, datasetType, now);

    public static string Dataset(string project, string datasetType) => Joined(project, datasetType);

    public static string Deletion(string project, DateTimeOffset now) => Import(project, "deletion", now);

    /// <summary>Of a solution and of its campaign.</summary>
    public static string Solution(string project, string recipeName) => Joined(project, recipeName.Replace("aws-", "", StringComparison.Ordinal));

    public static string Tracker(string project) => Joined(project, "events");

    private static string Joined(string project, params string[] parts)
    {
        var rest = "-" + string.Join('-', parts).ToLowerInvariant();
        return NotPlain().Replace(project.Length + rest.Length > MaxLength ? project[..(MaxLength - rest.Length)] + rest : project + rest, "-");
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")] private static partial Regex NotPlain();
}
