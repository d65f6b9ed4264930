using System.Text.Json;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Schemas;

/// <summary>The <c>properties</c> of streamed records: a JSON object whose keys are camelCase of the schema's names.</summary>
public static class RecordProperties
{
    /// <summary>The columns of an event that are members of PutEvents, and so may not be keys of its properties.</summary>
    public static IReadOnlyCollection<string> EventMembers { get; } =
        [
            ColumnNames.UserId, SegmentColumns.SessionId, ColumnNames.ItemId, ColumnNames.Timestamp, ColumnNames.EventType, ColumnNames.EventValue,
            ColumnNames.Impression, ColumnNames.RecommendationId, ColumnNames.EventAttributionSource,
        ];

    /// <summary>Maps a properties document to the schema's columns and checks each value.</summary>
    /// <param name="schema">The dataset's schema.</param>
    /// <param name="identity">The columns whose values come from elsewhere in the request and may not be keys, such as <c>ITEM_ID</c>.</param>
    /// <param name="propertiesJson">The document; null or empty counts as <c>{}</c>.</param>
    /// <returns>One value per column of the schema, spelled as in a CSV; null where there is none.</returns>
    /// <exception cref="RefusedException">It is no JSON object, or a value does not fit; the message lists every fault.</exception>
    public static string?[] Parse(ParsedSchema schema, IReadOnlyCollection<string> identity, string? propertiesJson)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var faults = new List<string>();
        var values = Read(schema, identity, propertiesJson, faults);
        for (var i = 0; i < values.Length; i++)
        {
            var field = schema.Fields[i];
            if (identity.Contains(field.Name) || faults.Count > 0 && values[i] is null) continue;
            if (values[i] is not { } value)
            {
                if (!field.Nullable) faults.Add($"The property {KeyFor(field.Name)} is missing; {field.Name} does not allow null.");
            }
            else if (FieldValue.IsOverlong(field, value)) faults.Add(FieldValue.OverlongMessage(field) + ".");
            else if (FieldValue.Fault(field, value) is { } fault) faults.Add(fault + ".");
            else if (field.Textual && FieldValue.Truncate(value) is var kept && kept.Length < value.Length) values[i] = kept.ToString();
        }
        return faults.Count == 0 ? values : throw SchemaFaults.Refusal(faults);
    }

    /// <summary>
    /// Maps a document that was checked when it came in. A schema may have changed since, so nothing is refused: what no longer fits is
    /// null.
    /// </summary>
    public static string?[] ParseStored(ParsedSchema schema, IReadOnlyCollection<string> identity, string? propertiesJson)
    {
        var values = Read(schema, identity, propertiesJson, []);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value
                && (FieldValue.IsOverlong(schema.Fields[i], value) || FieldValue.Fault(schema.Fields[i], value) is not null))
                values[i] = null;
        return values;
    }

    /// <summary>
    /// What is wrong with an event's properties where the schema has a column for them. Keys that match no column pass: they are not stored
    /// with the interaction. So do missing ones.
    /// </summary>
    /// <returns>A sentence for each value that cannot be read, naming its column.</returns>
    public static IReadOnlyList<string> FaultsOfEvent(ParsedSchema schema, string? propertiesJson)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var faults = new List<string>(0);
        var values = Read(schema, EventMembers, propertiesJson, faults, columnsOnly: true);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value) continue;
            if (FieldValue.IsOverlong(schema.Fields[i], value)) faults.Add(FieldValue.OverlongMessage(schema.Fields[i]) + ".");
            else if (FieldValue.Fault(schema.Fields[i], value) is { } fault) faults.Add(fault + ".");
        }
        return faults;
    }

    /// <summary>
    /// Whether a key of a properties document means a column. Clients differ in how they write GENRE_L2 in camelCase (genreL2, genrel2),
    /// and schema names are unique without case and punctuation.
    /// </summary>
    public static bool IsKeyOf(string column, string key)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(key);
        var k = 0;
        foreach (var c in column)
        {
            if (!char.IsAsciiLetterOrDigit(c)) continue;
            while (k < key.Length && key[k] == '_') k++;
            if (k == key.Length || char.ToUpperInvariant(key[k]) != char.ToUpperInvariant(c)) return false;
            k++;
        }
        return k == key.Length;
    }

    /// <summary><c>NUMBER_OF_RATINGS</c> as <c>numberOfRatings</c>.</summary>
    public static string KeyFor(string columnName)
    {
        ArgumentNullException.ThrowIfNull(columnName);
        var words = columnName.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(
            words.Select((word, i) => i == 0 ? word.ToLowerInvariant() : char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()));
    }

    private static string?[] Read(
        ParsedSchema schema, IReadOnlyCollection<string> identity, string? propertiesJson, List<string> faults, bool columnsOnly = false)
    {
        var values = new string?[schema.Fields.Count];
        if (string.IsNullOrWhiteSpace(propertiesJson)) return values;
        try
        {
            using var document = JsonDocument.Parse(propertiesJson, new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add($"The properties are a JSON {document.RootElement.ValueKind}; expected an object such as {{\"price\": 9.5}}.");
                return values;
            }
            foreach (var property in document.RootElement.EnumerateObject())
            {
                var index = IndexOf(schema, property.Name);
                if (columnsOnly && (index < 0 || identity.Contains(schema.Fields[index].Name))) continue;
                if (index < 0) faults.Add($"The property '{property.Name}' matches no field of the schema; its fields are {Keys(schema, identity)}.");
                else if (identity.Contains(schema.Fields[index].Name))
                    faults.Add($"The property '{property.Name}' is not allowed here: it has a member of its own in the request.");
                else values[index] = Spell(schema.Fields[index], property.Value, faults);
            }
        }
        catch (JsonException malformed)
        {
            faults.Add($"The properties are not valid JSON: {malformed.Message}");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for half of a surrogate pair, as in "\ud800".
            faults.Add("The properties hold text that is not valid Unicode.");
        }
        return values;
    }

    private static int IndexOf(ParsedSchema schema, string key)
    {
        for (var i = 0; i < schema.Fields.Count; i++)
            if (IsKeyOf(schema.Fields[i].Name, key)) return i;
        return -1;
    }

    private static string? Spell(SchemaField field, JsonElement value, List<string> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null: return null;
            case JsonValueKind.String: return value.GetString() is { Length: > 0 } text ? text : null;
            case JsonValueKind.Number when field.Type is not FieldType.Boolean: return value.GetRawText();
            case JsonValueKind.True: return "true";
            case JsonValueKind.False: return "false";
            // Several categories may come as a list as well as joined by a bar.
            case JsonValueKind.Array when field.Categorical && value.EnumerateArray().All(IsCategory):
                return value.GetArrayLength() == 0 ? null : string.Join('|', value.EnumerateArray());
            default:
                faults.Add($"The property {KeyFor(field.Name)} is a JSON {value.ValueKind}; expected {AvroRecordReader.Lower(field.Type)}.");
                return null;
        }
    }

    // A category may be a number, as much as in a CSV.
    private static bool IsCategory(JsonElement part) => part.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static string Keys(ParsedSchema schema, IReadOnlyCollection<string> identity) =>
        string.Join(", ", schema.Fields.Where(f => !identity.Contains(f.Name)).Select(f => KeyFor(f.Name)));
}
