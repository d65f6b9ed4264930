using System.Globalization;
using Kindred.Contracts.Solutions;
using Kindred.Portal.FirstModel;

namespace Kindred.Portal.Components.Pages.FirstModel;

/// <summary>One step of the way, as the page shows it.</summary>
/// <param name="Fraction">How far it is, 0..1; null where nothing runs.</param>
internal sealed record FirstModelStep(int Number, string Title, string Text, bool IsDone, bool IsNow, double? Fraction)
{
    public string? Css => IsDone ? "done" : IsNow ? "now" : null;
}

/// <summary>What the steps of a run say.</summary>
internal static class FirstModelSteps
{
    public static IReadOnlyList<FirstModelStep> Of(FirstModelRun run)
    {
        var failed = run.Stage is FirstModelStage.Failed;
        var hasImported = run.Import?.State.Status is "ACTIVE";
        var hasTrained = run.Version?.State.Status is "ACTIVE";
        var isReady = run.Stage is FirstModelStage.Ready;
        return
        [
            new(1, "Import", ImportText(run), hasImported, !hasImported && !failed, hasImported ? null : run.Import?.Job?.Fraction),
            new(2, "Train", TrainText(run, hasImported), hasTrained, hasImported && !hasTrained && !failed,
                run.Version?.State is { Status: "ACTIVE", Refinement: not Refinement.UnderWay } ? null : run.Version?.Job?.Fraction),
            new(3, "Recommend", isReady ? $"The campaign {run.Name} answers" : hasTrained ? "Loading the model" : "When the model is there",
                isReady, hasTrained && !isReady && !failed, null),
        ];
    }

    private static string ImportText(FirstModelRun run) => run.Import switch
    {
        { State.Status: "ACTIVE", GoodRows: { } rows } => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows"),
        { State.Status: "CREATE FAILED" } => "Failed",
        { Job: { } job } => Sentence(job.Stage),
        _ => "Waiting",
    };

    private static string TrainText(FirstModelRun run, bool hasImported) => run.Version switch
    {
        null => hasImported ? "Begins" : "When the data is there",
        { State: { Status: "ACTIVE", Refinement: Refinement.UnderWay }, Job: { } job } => $"A first model serves; the best is in training: {job.Stage}",
        { State: { Status: "ACTIVE" } state } => Quality(state) ?? state.Rung ?? "Done",
        { State.Status: "CREATE FAILED" } => "Failed",
        { Job: { } job } => Sentence(job.Stage),
        _ => "Waiting",
    };

    private static string? Quality(SolutionVersionState state)
    {
        var hit = state.Metrics?.FirstOrDefault(m => m.Key.Contains("normalized_discounted_cumulative_gain_at_10", StringComparison.Ordinal));
        return hit is { Key: not null, Value: > 0 } found ? string.Create(CultureInfo.InvariantCulture, $"NDCG@10 {found.Value:0.000}") : null;
    }

    private static string Sentence(string stage) => stage.Length == 0 ? "Working" : char.ToUpperInvariant(stage[0]) + stage[1..];
}
