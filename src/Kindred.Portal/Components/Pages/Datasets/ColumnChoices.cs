using Kindred.Storage.Schemas;

namespace Kindred.Portal.Components.Pages.Datasets;

/// <summary>What a column of a file can be, in plain words.</summary>
internal static class ColumnChoices
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["USER_ID"] = "User", ["ITEM_ID"] = "Item", ["TIMESTAMP"] = "Time", ["EVENT_TYPE"] = "What happened", ["EVENT_VALUE"] = "Value, such as a rating",
        ["CREATION_TIMESTAMP"] = "When it was made", ["ACTION_ID"] = "Action",
    };

    private static readonly Dictionary<string, string> WordsOfActions = new()
    {
        ["VALUE"] = "Worth to you, 1 to 10", ["REPEAT_FREQUENCY"] = "Days until it is offered again", ["EXPIRATION_TIMESTAMP"] = "When it ends",
    };

    /// <param name="schema">Of the dataset that is there; null when its columns are still free.</param>
    public static IEnumerable<(string Name, string Text)> Of(string datasetType, string? schema)
    {
        var names = schema is not null
            ? ParsedSchema.Parse(schema).Fields.Select(field => field.Name)
            : datasetType switch
            {
                "Items" => ["ITEM_ID", "CREATION_TIMESTAMP"],
                "Users" => ["USER_ID"],
                "Actions" => ["ACTION_ID", .. WordsOfActions.Keys, "CREATION_TIMESTAMP"],
                "Action_Interactions" => ["USER_ID", "ACTION_ID", "EVENT_TYPE", "TIMESTAMP"],
                _ => ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "EVENT_VALUE"],
            };
        return names.Select(name => (name, datasetType == "Actions" && WordsOfActions.TryGetValue(name, out var words) ? words
            : Words.GetValueOrDefault(name, name)));
    }
}
