using System.Globalization;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Tuning;

namespace Kindred.Lab.Evaluations;

/// <summary>A report for people: one table per group of test users, the baseline beside it.</summary>
internal static class EvaluationText
{
    private const double Megabyte = 1 << 20;
    private static readonly string[] Shown =
    [
        "ndcg_at_5", "ndcg_at_10", "ndcg_at_20", "ndcg_at_25", "hit_rate_at_5", "hit_rate_at_10", "hit_rate_at_20", "hit_rate_at_25",
        "recall_at_10", "recall_at_20", "mrr", "coverage_at_10",
    ];

    public static void Write(EvaluationReport report, TextWriter writer)
    {
        var (request, log, protocol) = (report.Request, report.Data.Log, report.Request.Protocol);
        writer.Write(Format($"data       {log.Count:N0} interactions, {log.UsersWith(1):N0} users, "));
        writer.WriteLine(Format($"{log.ItemIds.Count:N0} items, read in {report.Data.Duration.TotalSeconds:F1} s"));
        writer.WriteLine($"habit      {report.Data.Habit}");
        var seen = protocol is ServiceProtocol ? "" : request.KeepSeen || protocol.KeepsSeen ? "; seen items compete" : "; seen items left out";
        writer.WriteLine($"protocol   {protocol.Name}: {protocol.Description}{seen}");
        writer.WriteLine(Format($"metrics    {protocol.Convention}; [95 % confidence]"));
        writer.WriteLine(Format($"recipe     {report.Result.Recipe}, served by {report.Result.Rung}"));
        writer.Write(Format($"training   {report.Result.TrainingTime.TotalSeconds:F1} s{Quoted(report.Result)} on "));
        writer.Write(Format($"{report.TrainingInteractions:N0} interactions, {request.Threads} threads, seed {request.Seed}; "));
        writer.WriteLine(Format($"measuring {report.Result.MeasuringTime.TotalSeconds:F1} s"));
        var quoted = report.Result.Quote is { } quote ? Format($", {quote.PeakBytes / Megabyte:N0} MB quoted") : "";
        writer.WriteLine(Format($"memory     {report.PeakBytes / Megabyte:N0} MB at the peak{quoted}"));
        foreach (var trial in report.Result.Trials)
        {
            var score = trial.Score is { } ndcg ? Format($"NDCG@10 {ndcg:F4}") : "stopped";
            writer.WriteLine(Format($"tried      {trial.Recipe}{Changed(trial)}: {score}, {trial.Duration.TotalSeconds:F1} s"));
        }
        foreach (var (slice, baseline) in report.Result.Slices.Zip(report.Baseline.Slices))
            WriteSlice(slice, baseline, report, writer);
        foreach (var note in report.Notes)
            writer.WriteLine($"note       {note}");
    }

    private static void WriteSlice(MeasuredSlice slice, MeasuredSlice baseline, EvaluationReport report, TextWriter writer)
    {
        writer.WriteLine();
        var chance = slice.RandomNdcg20 is { } random ? Format($", by chance NDCG@20 {random:F4}") : "";
        writer.WriteLine(Format($"{slice.Name}: {slice.Users:N0} users, {slice.Candidates:N0} items ranked{chance}"));
        var isBaseline = ReferenceEquals(report.Result, report.Baseline);
        writer.WriteLine(isBaseline ? $"  {"",-22}{report.Result.Recipe}" : $"  {"",-22}{report.Result.Recipe,-30}{report.Baseline.Recipe}");
        var names = slice.Metrics.Keys.Any(name => Shown.Contains(name)) && slice.Metrics.ContainsKey("mrr")
            ? Shown.Where(slice.Metrics.ContainsKey)
            : slice.Metrics.Keys;
        foreach (var name in names)
        {
            var own = slice.Metrics[name];
            var isBeside = baseline.Metrics.TryGetValue(name, out var other) && !isBaseline;
            var lift = other.Value > 0 && isBeside ? Format($"{own.Value / other.Value,8:F2}x") : "";
            writer.WriteLine($"  {Label(name),-22}{Text(own),-30}{(isBeside ? Text(other) : ""),-30}{lift}".TrimEnd());
        }
    }

    private static string Quoted(MeasuredRecipe result) =>
        result.Quote is not { } quote
            ? ""
            : Format($" ({quote.Duration.TotalSeconds:F1} s quoted{(result.Trials.Count > 0 ? " for one training" : "")})");

    private static string Changed(Trial trial) => string.Concat(
        RecipeCatalog.Find(trial.Recipe)!.HyperParameters.Where(parameter => trial.Settings.Text(parameter.Name) != parameter.Default)
            .Select(parameter => $" {parameter.Name}={trial.Settings.Text(parameter.Name)}"));

    private static string Label(string name) => name
        .Replace("normalized_discounted_cumulative_gain", "NDCG", StringComparison.Ordinal)
        .Replace("mean_reciprocal_rank", "MRR", StringComparison.Ordinal)
        .Replace("ndcg", "NDCG", StringComparison.Ordinal).Replace("hit_rate", "HR", StringComparison.Ordinal)
        .Replace("mrr", "MRR", StringComparison.Ordinal)
        .Replace("_at_", "@", StringComparison.Ordinal);

    private static string Text(MetricEstimate estimate) => estimate.Low == estimate.High
        ? Format($"{estimate.Value:F4}")
        : Format($"{estimate.Value:F4} [{estimate.Low:F4}, {estimate.High:F4}]");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
