using System.Globalization;
using System.Text;
using Kindred.Files;
using Kindred.Recipes.Actions;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Training;

/// <summary>
/// A training set as one checksummed file. A training that goes on after a crash, or after its quick model, needs the data it began
/// with, and by then the dataset has new events, or is gone.
/// </summary>
public static class TrainingSetFile
{
    private const string Kind = "training-set";
    private const string ActionTable = "actions";
    private static readonly string[] Tables = ["items", "users"];

    /// <summary>Writes the file; it is whole or absent.</summary>
    /// <param name="path">In a folder that exists.</param>
    /// <param name="set">The data.</param>
    /// <param name="facts">What else the reader wants to know.</param>
    /// <param name="cancellationToken">Leaves no file.</param>
    public static void Write(string path, TrainingSet set, IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken)
    {
        var log = set.Interactions;
        var writer = new ArtifactWriter(Kind).Ids("user_ids", log.UserIds).Ids("item_ids", log.ItemIds)
            .Tensor<float>("type_weights", log.TypeWeights.ToArray())
            .Tensor<int>("user_starts", log.UserStarts.ToArray()).Tensor<int>("log_items", log.Items.ToArray())
            .Tensor<long>("timestamps", log.Timestamps.ToArray())
            .Tensor<short>("event_types", log.EventTypeCodes.ToArray()).Tensor<float>("event_values", log.EventValues.ToArray());
        WriteTexts(writer, "event_type_names", log.EventTypes);
        WriteContexts(writer, log);
        foreach (var (name, table) in Tables.Zip([set.Items, set.Users]))
            WriteTable(writer, name, table);
        WriteActions(writer, set.Actions);
        foreach (var (name, value) in facts)
            writer.Fact($"fact.{name}", value);
        DurableFile.WriteAllAtomic(path, writer.Save, cancellationToken);
    }

    /// <returns>Null where there is no such file, or it is damaged.</returns>
    public static (TrainingSet Set, IReadOnlyDictionary<string, string> Facts)? TryRead(string path)
    {
        try
        {
            using var file = ModelArtifact.Open(path);
            using var lease = file.Lease();
            if (file.Recipe != Kind)
                return null;
            var log = new InteractionLog(
                ReadIds(file, "user_ids"), ReadIds(file, "item_ids"), ReadTexts(file, "event_type_names"), Copy<float>(file, "type_weights"),
                Copy<int>(file, "user_starts"), Copy<int>(file, "log_items"), Copy<long>(file, "timestamps"),
                Copy<short>(file, "event_types"), Copy<float>(file, "event_values"), ReadContexts(file));
            var facts = file.Metadata.Where(fact => fact.Key.StartsWith("fact.", StringComparison.Ordinal))
                .ToDictionary(fact => fact.Key["fact.".Length..], fact => fact.Value);
            return (new TrainingSet(log) { Items = ReadTable(file, Tables[0]), Users = ReadTable(file, Tables[1]), Actions = ReadActions(file) }, facts);
        }
        catch (Exception e) when (e is IOException or ModelArtifactException)
        {
            return null;
        }
    }

    private static void WriteContexts(ArtifactWriter writer, InteractionLog log)
    {
        if (log.Contexts.Count == 0)
            return;
        WriteTexts(writer, "contexts", [.. log.Contexts.Select(column => column.Name)]);
        foreach (var (i, column) in log.Contexts.Index())
        {
            writer.Fact($"context.{i}", column.Cells is null ? "number" : "category").Tensor<int>($"context.{i}.codes", column.Codes.ToArray());
            WriteTexts(writer, $"context.{i}", column.Cells ?? []);
        }
        writer.Fact("contexts", Text(log.Contexts.Count));
    }

    private static IReadOnlyList<ContextColumn> ReadContexts(ModelArtifact file) => !file.Metadata.ContainsKey("contexts") ? [] :
    [
        .. ReadTexts(file, "contexts").Select((name, i) => new ContextColumn(
            name, file.Metadata[$"context.{i}"] == "number" ? null : ReadTexts(file, $"context.{i}"), Copy<int>(file, $"context.{i}.codes"))),
    ];

    private static void WriteActions(ArtifactWriter writer, ActionSet? actions)
    {
        if (actions is null)
            return;
        writer.Ids("action_ids", actions.Ids).Tensor("action_values", actions.Values)
            .Tensor<int>("action_users", actions.Interactions.Select(interaction => interaction.User).ToArray())
            .Tensor<int>("action_codes", actions.Interactions.Select(interaction => interaction.Action).ToArray())
            .Tensor<byte>("action_events", actions.Interactions.Select(interaction => (byte)interaction.Event).ToArray())
            .Tensor<long>("action_times", actions.Interactions.Select(interaction => interaction.Timestamp).ToArray());
        writer.Fact("actions", Text(actions.Ids.Count));
        WriteTable(writer, ActionTable, actions.Attributes);
    }

    private static ActionSet? ReadActions(ModelArtifact file)
    {
        if (!file.Metadata.ContainsKey("actions"))
            return null;
        var (users, codes) = (Copy<int>(file, "action_users"), Copy<int>(file, "action_codes"));
        var (what, times) = (Copy<byte>(file, "action_events"), Copy<long>(file, "action_times"));
        var interactions = new LoggedAction[users.Length];
        for (var i = 0; i < interactions.Length; i++)
            interactions[i] = new LoggedAction(users[i], codes[i], (ActionEvent)what[i], times[i]);
        return new ActionSet(ReadIds(file, "action_ids"), interactions)
        {
            Attributes = ReadTable(file, ActionTable), Values = Copy<float>(file, "action_values"),
        };
    }

    private static void WriteTable(ArtifactWriter writer, string name, AttributeTable? table)
    {
        if (table is null)
            return;
        writer.Fact($"{name}.rows", Text(table.RowCount));
        WriteTexts(writer, $"{name}.categories", [.. table.Categories.Select(column => column.Name)]);
        WriteTexts(writer, $"{name}.numbers", [.. table.Numbers.Select(column => column.Name)]);
        WriteTexts(writer, $"{name}.texts", [.. table.Texts.Select(column => column.Name)]);
        foreach (var (i, column) in table.Categories.Index())
        {
            WriteTexts(writer, $"{name}.category.{i}", column.Values);
            writer.Tensor<int>($"{name}.category.{i}.starts", column.Starts).Tensor<int>($"{name}.category.{i}.codes", column.Codes);
        }
        foreach (var (i, column) in table.Numbers.Index())
            writer.Tensor<float>($"{name}.number.{i}", column.Values);
        foreach (var (i, column) in table.Texts.Index())
            WriteTexts(writer, $"{name}.text.{i}", column.Values);
        writer.Tensor<long>($"{name}.creation_times", table.CreationTimes ?? []);
    }

    private static AttributeTable? ReadTable(ModelArtifact file, string name)
    {
        if (!file.Metadata.TryGetValue($"{name}.rows", out var rows))
            return null;
        return new AttributeTable(
            int.Parse(rows, CultureInfo.InvariantCulture),
            [.. ReadTexts(file, $"{name}.categories").Select((column, i) => new CategoryColumn(
                column, ReadTexts(file, $"{name}.category.{i}"),
                Copy<int>(file, $"{name}.category.{i}.starts"), Copy<int>(file, $"{name}.category.{i}.codes")))],
            [.. ReadTexts(file, $"{name}.numbers").Select((column, i) => new NumberColumn(column, Copy<float>(file, $"{name}.number.{i}")))],
            [.. ReadTexts(file, $"{name}.texts").Select((column, i) => new TextColumn(column, ReadNullableTexts(file, $"{name}.text.{i}")))])
        {
            CreationTimes = Copy<long>(file, $"{name}.creation_times") is { Length: > 0 } times ? times : null,
        };
    }

    // Not the artifact's own strings, which end at a NUL: metadata is whatever its owner uploaded. An end of -1 is null.
    private static void WriteTexts(ArtifactWriter writer, string name, IReadOnlyList<string?> texts)
    {
        var (utf8, ends) = (new MemoryStream(), new long[texts.Count]);
        for (var i = 0; i < ends.Length; i++)
        {
            if (texts[i] is { } text)
                utf8.Write(Encoding.UTF8.GetBytes(text));
            ends[i] = texts[i] is null ? -1 : utf8.Length;
        }
        writer.Tensor<byte>($"{name}.utf8", utf8.GetBuffer().AsMemory(0, (int)utf8.Length)).Tensor<long>($"{name}.ends", ends);
    }

    private static string[] ReadTexts(ModelArtifact file, string name) => Array.ConvertAll(ReadNullableTexts(file, name), text => text!);

    private static string?[] ReadNullableTexts(ModelArtifact file, string name)
    {
        var utf8 = file.Tensor<byte>($"{name}.utf8").Span;
        var ends = file.Tensor<long>($"{name}.ends").Span;
        var texts = new string?[ends.Length];
        var start = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            if (ends[i] < 0)
                continue;
            texts[i] = Encoding.UTF8.GetString(utf8[start..(int)ends[i]]);
            start = (int)ends[i];
        }
        return texts;
    }

    private static IdTable ReadIds(ModelArtifact file, string name) =>
        new(Copy<byte>(file, $"{name}.utf8"), Copy<long>(file, $"{name}.ends"), Copy<int>(file, $"{name}.slots"));

    private static T[] Copy<T>(ModelArtifact file, string name) where T : unmanaged => file.Tensor<T>(name).ToArray();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
