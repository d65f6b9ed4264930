using System.Text.Json;
using Kindred.Lab.Consoles;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Tuning;

namespace Kindred.Lab.Evaluations;

/// <summary>A report for programs: one JSON object.</summary>
internal static class EvaluationJson
{
    public static void Write(EvaluationReport report, Stream destination)
    {
        var (request, data) = (report.Request, report.Data);
        using var json = new Utf8JsonWriter(destination, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("command", "evaluate");
        json.WriteString("recipe", report.Result.Recipe);
        json.WriteString("rung", report.Result.Rung);
        json.WriteStartObject("settings");
        foreach (var (name, value) in report.Result.Settings)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("protocol", request.Protocol.Name);
        json.WriteString("convention", request.Protocol.Convention);
        json.WriteBoolean("keep_seen", request.KeepSeen || request.Protocol.KeepsSeen);
        json.WriteNumber("seed", request.Seed);
        json.WriteNumber("threads", request.Threads);
        json.WriteStartObject("data");
        json.WriteNumber("interactions", data.Log.Count);
        json.WriteNumber("users", data.Log.UsersWith(1));
        json.WriteNumber("items", data.Log.ItemIds.Count);
        json.WriteHabit(data.Habit);
        json.WriteNumber("seconds", Round(data.Duration.TotalSeconds));
        json.WriteEndObject();
        json.WriteStartObject("training");
        json.WriteNumber("interactions", report.TrainingInteractions);
        json.WriteNumber("seconds", Round(report.Result.TrainingTime.TotalSeconds));
        json.WriteNumber("measuring_seconds", Round(report.Result.MeasuringTime.TotalSeconds));
        json.WriteNumber("peak_bytes", report.PeakBytes);
        if (report.Result.Quote is { } quote)
        {
            json.WriteNumber("quoted_seconds", Round(quote.Duration.TotalSeconds));
            json.WriteNumber("quoted_peak_bytes", quote.PeakBytes);
        }
        json.WriteEndObject();
        json.WriteStartArray("trials");
        foreach (var trial in report.Result.Trials)
            WriteTrial(json, trial);
        json.WriteEndArray();
        json.WriteStartArray("slices");
        foreach (var (slice, baseline) in report.Result.Slices.Zip(report.Baseline.Slices))
            WriteSlice(json, slice, report.Baseline.Recipe, baseline);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in report.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        destination.Write("\n"u8);
    }

    private static void WriteTrial(Utf8JsonWriter json, Trial trial)
    {
        json.WriteStartObject();
        json.WriteString("recipe", trial.Recipe);
        json.WriteStartObject("settings");
        foreach (var (name, value) in trial.Settings.Values)
            json.WriteString(name, value);
        json.WriteEndObject();
        if (trial.Score is { } score)
            json.WriteNumber("ndcg_at_10", score);
        json.WriteNumber("seconds", Round(trial.Duration.TotalSeconds));
        json.WriteEndObject();
    }

    private static void WriteSlice(Utf8JsonWriter json, MeasuredSlice slice, string baselineRecipe, MeasuredSlice baseline)
    {
        json.WriteStartObject();
        json.WriteString("name", slice.Name);
        json.WriteNumber("users", slice.Users);
        json.WriteNumber("candidates", slice.Candidates);
        if (slice.RandomNdcg20 is { } random)
            json.WriteNumber("random_ndcg_at_20", random);
        WriteMetrics(json, slice);
        json.WriteStartObject("baseline");
        json.WriteString("recipe", baselineRecipe);
        WriteMetrics(json, baseline);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, MeasuredSlice slice)
    {
        json.WriteStartObject("metrics");
        foreach (var (name, estimate) in slice.Metrics)
        {
            json.WriteStartObject(name);
            json.WriteNumber("value", estimate.Value);
            json.WriteNumber("low", estimate.Low);
            json.WriteNumber("high", estimate.High);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
