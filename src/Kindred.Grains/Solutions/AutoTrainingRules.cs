using System.Globalization;
using System.Text.RegularExpressions;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;

namespace Kindred.Grains.Solutions;

/// <summary>When a solution trains by itself.</summary>
internal static partial class AutoTrainingRules
{
    /// <summary>How long a new solution waits for somebody to train it by hand.</summary>
    public static readonly TimeSpan FirstTrainingAfter = TimeSpan.FromHours(1);

    public static readonly TimeSpan CheckEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromDays(7);

    /// <param name="latest">The newest version, of whatever status; null if there is none.</param>
    /// <param name="interactions">The dataset of interactions; null if there is none.</param>
    /// <param name="eventsThrough">The end of the group's log of streamed records.</param>
    public static bool IsDue(SolutionState solution, SolutionVersionState? latest, DatasetState? interactions, long eventsThrough, DateTimeOffset now)
    {
        var current = solution.Solution;
        if (!current.PerformAutoTraining || current.Status != ResourceStatus.Active || interactions is null) return false;
        if (latest is null)
            return now >= current.CreatedAt + FirstTrainingAfter && (interactions.LastImport is not null || eventsThrough > 0);
        return !SolutionVersionRules.IsUnfinished(latest)
            && now >= latest.Version.CreatedAt + Interval(current)
            && HasNewData(latest, interactions, eventsThrough);
    }

    /// <summary>Whether interactions have come since a version was trained.</summary>
    public static bool HasNewData(SolutionVersionState trained, DatasetState interactions, long eventsThrough) =>
        trained.LastImportJobArn != interactions.LastImport?.ImportJobArn || trained.EventsThrough < eventsThrough;

    public static TimeSpan Interval(SolutionRecord solution) =>
        solution.Config?.AutoTrainingConfig?.SchedulingExpression is { } expression && Parse(expression) is { } interval
            ? interval
            : DefaultInterval;

    /// <returns>The interval of <c>rate(n days)</c>, n from 1 to 30; null for any other text.</returns>
    public static TimeSpan? Parse(string expression) =>
        Rate().Match(expression) is { Success: true } match
            && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 30 and var days
            ? TimeSpan.FromDays(days)
            : null;

    [GeneratedRegex(@"^rate\(([0-9]{1,3}) days?\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
