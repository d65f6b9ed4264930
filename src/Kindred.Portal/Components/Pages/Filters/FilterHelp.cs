using Kindred.Contracts.Datasets;
using Kindred.Storage.Schemas;

namespace Kindred.Portal.Components.Pages.Filters;

/// <summary>What can stand in an expression of one project, to be inserted at a click, and whole ones to begin with.</summary>
/// <param name="Groups">Words by what they are.</param>
/// <param name="Starts">Expressions with what they do.</param>
public sealed record FilterHelp(
    IReadOnlyList<(string Title, IReadOnlyList<string> Words)> Groups, IReadOnlyList<(string Title, string Expression)> Starts)
{
    private const string AnswerType = "Action_Interactions.EVENT_TYPE";
    private static readonly string[] Operators = ["AND", "OR", "IN ()", "NOT IN ()", "=", "!=", "<", "<=", ">", ">=", "|", "IF"];

    /// <param name="schemas">Of the project's datasets, by type.</param>
    public static FilterHelp Of(IReadOnlyDictionary<string, ParsedSchema> schemas)
    {
        string[] items = Fields(schemas, DatasetTypes.Items, "Items"), users = Fields(schemas, DatasetTypes.Users, "CurrentUser");
        string[] events = schemas.GetValueOrDefault(DatasetTypes.Interactions)?.Find(ColumnNames.EventType) is null ? [] : ["Interactions.EVENT_TYPE"];
        string[] current = [.. items.Select(name => $"CurrentItem{name[name.IndexOf('.', StringComparison.Ordinal)..]}")];
        string[] actions = Fields(schemas, DatasetTypes.Actions, "Actions");
        string[] answers = schemas.ContainsKey(DatasetTypes.ActionInteractions) ? [AnswerType] : [];
        string[] begin = ["INCLUDE ItemID WHERE", "EXCLUDE ItemID WHERE"];
        if (actions.Length > 0) begin = [.. begin, "INCLUDE ActionID WHERE", "EXCLUDE ActionID WHERE"];
        (string Title, IReadOnlyList<string> Words)[] groups =
        [
            ("Begin", begin), ("Items", items), ("Events", events), ("Actions", actions), ("What they did about actions", answers),
            ("Operators", Operators), ("The user, after IF", users), ("The item asked for", current),
        ];
        return new([.. groups.Where(group => group.Words.Count > 0)], [.. StartsOf(schemas, events.Length > 0)]);
    }

    private static string[] Fields(IReadOnlyDictionary<string, ParsedSchema> schemas, string type, string prefix) =>
        [.. (schemas.GetValueOrDefault(type)?.Fields ?? []).Where(CanBeTested).Select(field => $"{prefix}.{field.Name}")];

    private static bool CanBeTested(SchemaField field) => field is { Textual: false, Type: not FieldType.Boolean } && field.Name != ColumnNames.UserId;

    private static IEnumerable<(string, string)> StartsOf(IReadOnlyDictionary<string, ParsedSchema> schemas, bool hasEvents)
    {
        if (hasEvents) yield return ("Leave out what they have met", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")");
        var fields = (schemas.GetValueOrDefault(DatasetTypes.Items)?.Fields ?? []).Where(f => CanBeTested(f) && f.Name != ColumnNames.ItemId).ToArray();
        if (Array.Find(fields, f => f is { Type: FieldType.String, Categorical: true }) is { } category)
        {
            yield return ($"Only some of {category.Name}", $"INCLUDE ItemID WHERE Items.{category.Name} IN (${category.Name})");
            yield return ($"The same {category.Name} as the item asked for", $"INCLUDE ItemID WHERE Items.{category.Name} IN CurrentItem.{category.Name}");
        }
        if (Array.Find(fields, f => f.Type is not FieldType.String && f.Name != ColumnNames.CreationTimestamp) is { } number)
            yield return ($"{number.Name} up to a limit", $"INCLUDE ItemID WHERE Items.{number.Name} <= $MOST");
        if (schemas.ContainsKey(DatasetTypes.ActionInteractions))
            yield return ("Leave out actions that they took", $"EXCLUDE ActionID WHERE {AnswerType} IN (\"Taken\")");
    }
}
