using System.Text.Json;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Schemas;

/// <summary>Reads the flat Avro record that describes a dataset. Collects every fault before it refuses.</summary>
internal sealed class AvroRecordReader
{
    private const int MaxDocumentLength = 20_000;
    private const int MaxNameLength = 150;
    private static readonly string[] Flags = ["categorical", "textual", "itemName"];
    private readonly List<string> _faults = [];
    private readonly List<SchemaField> _fields = [];

    public static (string Name, IReadOnlyList<SchemaField> Fields) Read(string avroJson)
    {
        ArgumentNullException.ThrowIfNull(avroJson);
        if (avroJson.Length > MaxDocumentLength)
            throw new RefusedException(
                RefusalCode.InvalidInput, $"The schema has {avroJson.Length} characters; at most {MaxDocumentLength} are allowed.");
        try
        {
            using var document = JsonDocument.Parse(avroJson, new JsonDocumentOptions { MaxDepth = 8 });
            var reader = new AvroRecordReader();
            var name = reader.ReadRecord(document.RootElement);
            return reader._faults.Count == 0 ? (name, reader._fields) : throw SchemaFaults.Refusal(reader._faults);
        }
        catch (JsonException malformed)
        {
            throw new RefusedException(RefusalCode.InvalidInput, $"The schema is not valid JSON: {malformed.Message}");
        }
        catch (InvalidOperationException) // of the reader, about an escape such as \ud800 that is half a character
        {
            throw new RefusedException(RefusalCode.InvalidInput, "The schema holds text that is not valid Unicode.");
        }
    }

    private string ReadRecord(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            _faults.Add("The schema must be a JSON object: "
                + """{"type":"record","name":...,"namespace":...,"fields":[...],"version":"1.0"}.""");
            return "";
        }
        if (Text(record, "type") is var type && type != "record") _faults.Add($"The schema's 'type' is '{type}'; it must be 'record'.");
        var name = Text(record, "name");
        if (string.IsNullOrEmpty(name)) _faults.Add("The schema needs a 'name', such as 'Interactions'.");
        if (!record.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Array || fields.GetArrayLength() == 0)
            _faults.Add("The schema needs 'fields': a list with at least one field.");
        else
            foreach (var field in fields.EnumerateArray()) ReadField(field);
        CheckNames();
        return name ?? "";
    }

    private void ReadField(JsonElement field)
    {
        var number = _fields.Count + 1;
        if (field.ValueKind != JsonValueKind.Object || Text(field, "name") is not { Length: > 0 } name)
        {
            _faults.Add($"Field {number} must be an object with a 'name' and a 'type'.");
            _fields.Add(new SchemaField($"#{number}", FieldType.String, false, false, false, false));
            return;
        }
        var (type, nullable) = field.TryGetProperty("type", out var declared) ? ReadType(name, declared) : Fault($"Field {name} has no 'type'.");
        var flags = Array.ConvertAll(Flags, flag => ReadFlag(field, name, flag));
        _fields.Add(new SchemaField(name, type, nullable, flags[0], flags[1], flags[2]));
        if (type != FieldType.String && flags.Contains(true))
            _faults.Add($"Field {name} is of type {Lower(type)}; only a string can be categorical, textual or an itemName.");
        if (flags[0] && flags[1]) _faults.Add($"Field {name} is both categorical and textual; it can be only one of them.");
    }

    private (FieldType, bool) ReadType(string name, JsonElement declared)
    {
        if (declared.ValueKind == JsonValueKind.String)
            return ParseType(declared.GetString()!) is { } single ? (single, single == FieldType.Null) : Fault(UnknownType(name, declared));
        if (declared.ValueKind != JsonValueKind.Array) return Fault(UnknownType(name, declared));

        var members = declared.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.String ? ParseType(m.GetString()!) : null).ToList();
        if (members.Count == 0 || members.Contains(null)) return Fault(UnknownType(name, declared));
        var values = members.Where(m => m != FieldType.Null).Distinct().ToList();
        return values.Count switch
        {
            0 => (FieldType.Null, true),
            1 => (values[0]!.Value, members.Contains(FieldType.Null)),
            // Avro promotes int to long and float to double, so such a union has one widest member.
            _ when values.All(v => v is FieldType.Int or FieldType.Long) => (FieldType.Long, members.Contains(FieldType.Null)),
            _ when values.All(v => v is FieldType.Float or FieldType.Double) => (FieldType.Double, members.Contains(FieldType.Null)),
            _ => Fault($"Field {name} has the type {declared.GetRawText()}; a union may hold one type and 'null'."),
        };
    }

    private bool ReadFlag(JsonElement field, string name, string flag)
    {
        if (!field.TryGetProperty(flag, out var value)) return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        if (value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var spelled)) return spelled;
        _faults.Add($"Field {name} has '{flag}': {value.GetRawText()}; it must be true or false.");
        return false;
    }

    private void CheckNames()
    {
        foreach (var field in _fields.Where(f => f.Name.Length > MaxNameLength))
            _faults.Add($"The field name '{field.Name[..40]}…' has {field.Name.Length} characters; at most {MaxNameLength} are allowed.");
        foreach (var field in _fields.Where(f => !f.Name.StartsWith('#') && f.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_')))
            _faults.Add($"The field name '{field.Name}' may hold only letters, digits and underscores.");
        // Columns are also addressed without their punctuation (camelCase keys, filter fields), so names must differ there too.
        var byLetters = _fields.GroupBy(f => string.Concat(f.Name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());
        foreach (var same in byLetters.Where(g => g.Key.Length > 0 && g.Count() > 1))
            _faults.Add($"The fields {string.Join(", ", same.Select(f => f.Name))} have the same name "
                + "once everything but letters and digits is removed; names must stay unique.");
    }

    private (FieldType, bool) Fault(string sentence)
    {
        _faults.Add(sentence);
        return (FieldType.String, false);
    }

    private static string UnknownType(string name, JsonElement declared) =>
        $"Field {name} has the type {declared.GetRawText()}; it must be float, double, int, long, string, boolean, null, "
        + "or a list of one of them and 'null'. Arrays, maps and nested records are not supported.";

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static FieldType? ParseType(string name) => name switch
    {
        "float" => FieldType.Float,
        "double" => FieldType.Double,
        "int" => FieldType.Int,
        "long" => FieldType.Long,
        "string" => FieldType.String,
        "boolean" => FieldType.Boolean,
        "null" => FieldType.Null,
        _ => null,
    };

    internal static string Lower(FieldType type) => type.ToString().ToLowerInvariant();
}
