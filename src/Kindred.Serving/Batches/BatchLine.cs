using System.Text.Json;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving.Batches;

/// <summary>What one line of a batch job's input asks.</summary>
internal sealed record BatchLine
{
    private const int MaxIdLength = 256;

    public string? UserId { get; private init; }
    public string? ItemId { get; private init; }
    public IReadOnlyList<string>? ItemList { get; private init; }
    public string? ItemAttributes { get; private init; }
    public IReadOnlyDictionary<string, string>? FilterValues { get; private init; }
    public IReadOnlyDictionary<string, string>? Context { get; private init; }

    /// <summary>Reads the members that it knows; others are of no matter.</summary>
    /// <exception cref="RefusedException">A member has another form.</exception>
    public static BatchLine Read(JsonElement json)
    {
        try
        {
            return ReadMembers(json);
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half of a surrogate pair, in a name too, and that is no text.
            throw RequestRules.Invalid("the line holds a text that is not valid Unicode.");
        }
    }

    private static BatchLine ReadMembers(JsonElement json) => new()
    {
        UserId = Id(json, "userId"),
        ItemId = Id(json, "itemId"),
        ItemList = Find(json, "itemList") is { } list ? List(list) : null,
        ItemAttributes = Text(json, "itemAttributes"),
        FilterValues = Find(json, "filterValues") is { } values ? Map(values, "filterValues") : null,
        Context = Find(json, "context") is { } context ? Map(context, "context") : null,
    };

    /// <returns>Null when there is none, or it is null.</returns>
    private static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string? Id(JsonElement json, string name)
    {
        var id = Text(json, name);
        if (id is { Length: > MaxIdLength })
            throw RequestRules.Invalid($"{name} has {id.Length} characters; at most {MaxIdLength} are allowed.");
        return id is "" ? null : id;
    }

    private static string? Text(JsonElement json, string name) => Find(json, name) is { } value ? TextOf(value, name) : null;

    private static string TextOf(JsonElement value, string name) => value.ValueKind is JsonValueKind.String
        ? value.GetString()!
        : throw RequestRules.Invalid($"{name} is {Named(value)}; a text in double quotes was expected.");

    private static List<string> List(JsonElement list)
    {
        const string Name = "itemList";
        if (list.ValueKind is not JsonValueKind.Array)
            throw RequestRules.Invalid($"{Name} is {Named(list)}; an array of item ids was expected.");
        if (list.GetArrayLength() is 0 or > RequestRules.MaxResults)
            throw RequestRules.Invalid($"{Name} has {list.GetArrayLength()} items; 1 to {RequestRules.MaxResults} were expected.");
        return [.. list.EnumerateArray().Select(static item => TextOf(item, $"an element of {Name}"))];
    }

    private static Dictionary<string, string> Map(JsonElement map, string name)
    {
        if (map.ValueKind is not JsonValueKind.Object)
            throw RequestRules.Invalid($"{name} is {Named(map)}; an object with texts as values was expected.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject()) values[member.Name] = TextOf(member.Value, $"{name}.{member.Name}");
        return values;
    }

    private static string Named(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        _ => "true or false",
    };
}
