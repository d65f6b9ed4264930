using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>Tells whether a checkpoint belongs to a training: another recipe, setting, seed or interaction gives another text.</summary>
internal static class TrainingFingerprint
{
    public static string Of(SolutionTraining training, InteractionLog log)
    {
        var hash = new XxHash128();
        void Add(string text) => hash.Append(Encoding.UTF8.GetBytes(text + '\n'));

        Add(training.Recipe?.Description.Name ?? "auto");
        var settings = training.Settings?.Values ?? new Dictionary<string, string>();
        foreach (var (name, value) in settings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Add($"{name}={value}");
        if (training.Settings?.Objective is { } objective)
            Add($"{objective.Attribute} {objective.Sensitivity}");
        foreach (var range in training.Search?.Space?.Ranges ?? [])
            Add(string.Create(CultureInfo.InvariantCulture, $"{range.Name}:{range.Min}:{range.Max}:{string.Join('|', range.Values)}"));
        foreach (var candidate in training.Search?.Candidates ?? [])
            Add(candidate.Description.Name);
        Add(string.Create(CultureInfo.InvariantCulture, $"{training.Seed} {training.Effort}"));
        if (training.From is { } from)
            from.Save(new HashedStream(hash));
        hash.Append(log.UserIds.Utf8.Span);
        hash.Append(log.ItemIds.Utf8.Span);
        hash.Append(MemoryMarshal.AsBytes(log.TypeWeights));
        hash.Append(MemoryMarshal.AsBytes(log.UserStarts));
        hash.Append(MemoryMarshal.AsBytes(log.Items));
        hash.Append(MemoryMarshal.AsBytes(log.Timestamps));
        hash.Append(MemoryMarshal.AsBytes(log.EventTypeCodes));
        hash.Append(MemoryMarshal.AsBytes(log.EventValues));
        foreach (var column in log.Contexts)
        {
            Add(column.Name);
            foreach (var cell in column.Cells ?? [])
                Add(cell);
            hash.Append(MemoryMarshal.AsBytes(column.Codes));
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
