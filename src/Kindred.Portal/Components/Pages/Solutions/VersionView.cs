using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls;
using Kindred.Portal.Controls.Charts;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>A solution version as lists and comparisons show it.</summary>
internal sealed record VersionView(VersionReading Reading)
{
    private const string Ndcg = "normalized_discounted_cumulative_gain_at_10";

    /// <summary>Metrics of recommendations and of actions, in the order in which they are compared; a version that has others shows its own.</summary>
    private static readonly (string Key, string Name)[] Usual =
    [
        (Ndcg, "NDCG@10"), ("mean_reciprocal_rank_at_25", "MRR@25"), ("precision_at_10", "Precision@10"),
        ("auc", "AUC"), ("precision", "Precision"), ("recall", "Recall"), // of actions
        ("coverage", "Coverage"),
    ];

    private SolutionVersionState State => Reading.State;

    /// <summary>The last part of its ARN, as snippets and logs name it.</summary>
    public string Id => State.Arn.Name[(State.Arn.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public string Name => string.Create(CultureInfo.InvariantCulture, $"Version {State.Sequence}");

    public bool IsReady => State.Status is "ACTIVE";

    /// <summary>Whether a training waits or runs.</summary>
    public bool IsTraining => Reading.Job is not null || State.Status is "CREATE PENDING" or "CREATE IN_PROGRESS" or "CREATE STOPPING"
        || State.Refinement is Refinement.UnderWay;

    public (string Words, Tone Tone) Status => (State.Status, State.Refinement) switch
    {
        ("ACTIVE", Refinement.UnderWay) => (State.IsUpdating ? "Ready, taking in new items" : "Ready, getting better", Tone.Running),
        ("ACTIVE", Refinement.Failed) => ("Ready, not refined", Tone.Warn),
        ("ACTIVE", Refinement.Stopped) => ("Ready, refinement stopped", Tone.Idle),
        ("ACTIVE", _) => ("Ready", Tone.Ok),
        ("CREATE PENDING", _) => ("Waiting", Tone.Running),
        ("CREATE IN_PROGRESS", _) => ("Training", Tone.Running),
        ("CREATE STOPPING", _) => ("Stopping", Tone.Running),
        ("CREATE STOPPED", _) => ("Stopped", Tone.Idle),
        _ => ("Failed", Tone.Bad),
    };

    /// <summary>When users were deleted on whose data it was trained too; null when none was.</summary>
    public DateTimeOffset? DataDeletedAt => State.DataDeletedAt;

    /// <summary>How many users' data were deleted after it was trained, as receipts tell; null where none does.</summary>
    public long? UsersDeletedSince(IEnumerable<DeletionReading> deletions)
    {
        var receipts = deletions.Select(job => job.State.Receipt).OfType<DeletionReceipt>();
        long[] users = [.. receipts.Where(receipt => receipt.TrainedBefore.Contains(State.Arn)).Select(receipt => receipt.Users)];
        return users.Length > 0 ? users.Sum() : null;
    }

    /// <summary>Why it failed, or was not refined; null when neither.</summary>
    public string? Fault => State.Version.FailureReason ?? State.RefinementFailure;

    public string? Quality => State.Metrics is { } metrics && metrics.TryGetValue(Ndcg, out var value) ? Text(value) : null;

    /// <summary>How the training went or goes, beside popularity; null where nothing was measured meanwhile.</summary>
    public IReadOnlyList<Series>? Curve => Reading.Curve is not { Count: > 0 } curve ? null :
    [
        new("This version", [.. curve.Select(p => ((double)p.Epoch, p.Ndcg))], "1", Area: true),
        new("Popularity", [.. curve.Select(p => ((double)p.Epoch, p.PopularityNdcg))], "6", Dashed: true),
    ];

    /// <summary>Where the curve ends when all passes are done.</summary>
    public double? Epochs => Reading.Curve is [.., var last] ? last.Epochs : null;

    /// <summary>The curve in a sentence.</summary>
    public string? CurveSentence => Reading.Curve is not [.., var last] ? null
        : last.PopularityNdcg <= 0 ? $"{Text(last.Ndcg)} after {last.Epoch} of {last.Epochs} passes over the data."
        : $"{Text(last.Ndcg)} after {last.Epoch} of {last.Epochs} passes: "
            + string.Create(CultureInfo.InvariantCulture, $"{last.Ndcg / last.PopularityNdcg:0.0} times what popularity reaches.");

    /// <summary>Names of the metrics that two versions can be compared by.</summary>
    public static IReadOnlyList<(string Key, string Name)> MetricsOf(IEnumerable<VersionView> versions)
    {
        var known = versions.SelectMany(v => v.State.Metrics?.Keys ?? []).Distinct(StringComparer.Ordinal).ToList();
        var usual = Usual.Where(metric => known.Contains(metric.Key)).ToList();
        return usual.Count > 0 ? usual : [.. known.Take(4).Select(key => (key, Words(key)))];
    }

    /// <summary>The version as a line of a comparison.</summary>
    public IntervalRow Row(IReadOnlyList<(string Key, string Name)> metrics, string tone, bool isBaseline) =>
        new(Name, State.Rung, tone, [.. metrics.Select(metric => Cell(State.Metrics, State.Intervals, metric.Key))], isBaseline);

    /// <summary>What popularity alone reaches with the users that the version was measured on; null where that was not measured.</summary>
    public IntervalRow? PopularityRow(IReadOnlyList<(string Key, string Name)> metrics, bool isBaseline) => State.Popularity is null ? null
        : new("Popularity", "What most users like, shown to everybody", "6",
            [.. metrics.Select(metric => Cell(State.Popularity, State.PopularityIntervals, metric.Key))], isBaseline);

    /// <summary>Every metric, as the contract names them.</summary>
    public IEnumerable<(string Name, string Value, string? Interval)> All() =>
        (State.Metrics ?? new Dictionary<string, double>()).OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => (
            metric.Key, Text(metric.Value),
            State.Intervals is { } intervals && intervals.TryGetValue(metric.Key, out var i) ? $"{Text(i.Low)} to {Text(i.High)}" : null));

    private static Interval? Cell(IReadOnlyDictionary<string, double>? metrics, IReadOnlyDictionary<string, MetricInterval>? intervals, string key)
    {
        if (metrics is null || !metrics.TryGetValue(key, out var value)) return null;
        return intervals is not null && intervals.TryGetValue(key, out var interval)
            ? new(value, interval.Low, interval.High) : new(value, value, value);
    }

    private static string Words(string key) => key.Replace("_at_", "@", StringComparison.Ordinal).Replace('_', ' ');

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
