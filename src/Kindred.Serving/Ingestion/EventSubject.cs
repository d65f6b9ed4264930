using System.Globalization;
using System.Text.Json;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Events;
using Kindred.Files.Csv;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Ingestion;

/// <summary>
/// The item and the value that an event carries: its own members, or where older clients put them, among the properties. There a number
/// and its text mean the same, because browsers send one and the SDKs' documentation shows the other.
/// </summary>
/// <param name="ItemId">Null when the event names no item.</param>
/// <param name="EventValue">Null when the event has no value.</param>
internal readonly record struct EventSubject(string? ItemId, float? EventValue)
{
    private const int MaxIdLength = 256;

    /// <param name="e">Its properties are a JSON object, or absent.</param>
    public static EventSubject Of(Event e)
    {
        if (e.Properties is null || (e.ItemId is not null && e.EventValue is not null)) return new EventSubject(e.ItemId, e.EventValue);
        using var properties = JsonDocument.Parse(e.Properties);
        var found = In(properties.RootElement, "", []);
        return new EventSubject(e.ItemId ?? found.ItemId, e.EventValue ?? found.EventValue);
    }

    /// <summary>Whether a key among the properties means the item or the value.</summary>
    public static bool IsMember(string key) =>
        RecordProperties.IsKeyOf(ColumnNames.ItemId, key) || RecordProperties.IsKeyOf(ColumnNames.EventValue, key);

    /// <param name="properties">A JSON object whose names and strings can all be read.</param>
    /// <param name="place">How the object is named in a fault.</param>
    /// <param name="faults">Receives one sentence for each member that is there and cannot be read.</param>
    public static EventSubject In(JsonElement properties, string place, List<string> faults)
    {
        var (items, values, found) = (0, 0, default(EventSubject));
        foreach (var property in properties.EnumerateObject())
        {
            var at = $"{place}.{property.Name}";
            if (RecordProperties.IsKeyOf(ColumnNames.ItemId, property.Name) && items++ == 0)
                found = found with { ItemId = Id(property.Value, at, faults) };
            if (RecordProperties.IsKeyOf(ColumnNames.EventValue, property.Name) && values++ == 0)
                found = found with { EventValue = Number(property.Value, at, faults) };
        }
        if (items > 1) faults.Add($"{place} names the item {items} times, spelled differently; expected one itemId.");
        if (values > 1) faults.Add($"{place} has the value {values} times, spelled differently; expected one eventValue.");
        return found;
    }

    private static string? Id(JsonElement value, string place, List<string> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Number when value.GetRawText() is var raw && raw.Length <= MaxIdLength && IsWhole(raw, out var id):
                return id;
            case JsonValueKind.String when value.GetString() is { Length: > 0 and <= MaxIdLength } id:
                return id;
            case JsonValueKind.String when value.GetString() is { Length: > 0 } id:
                faults.Add($"{place} has {id.Length} characters; at most {MaxIdLength} are allowed.");
                return null;
            case JsonValueKind.String:
                faults.Add($"{place} is empty; leave it out or name an item.");
                return null;
            default:
                faults.Add($"{place} is {Shown(value)}; expected the id of an item, as a string or a whole number.");
                return null;
        }
    }

    // The digits as they came where there are only digits: an id may be longer than any number.
    private static bool IsWhole(string raw, out string id)
    {
        id = raw;
        if (!raw.AsSpan(raw[0] == '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9')) return true;
        if (!WholeNumber.TryRead(raw, out var number)) return false;
        id = number.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static float? Number(JsonElement value, string place, List<string> faults)
    {
        if (value.ValueKind is JsonValueKind.Null) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)) return number;
        faults.Add($"{place} is {Shown(value)}; expected a finite number, or one as a string.");
        return null;
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array => $"a JSON {value.ValueKind.ToString().ToLowerInvariant()}",
        _ => value.GetRawText() is { Length: <= 60 } raw ? raw : $"{value.GetRawText()[..60]}…",
    };
}
