using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Testing.Fuzzing;

/// <summary>
/// Makes JSON that is nearly what somebody expects: members of another kind, left out, doubled, renamed, nested, moved; and now and then a byte
/// that breaks it altogether.
/// </summary>
/// <param name="names">Names that mean something where the JSON is read.</param>
/// <param name="values">Values as JSON that do.</param>
public sealed class JsonDamage(string[] names, string[] values)
{
    private static readonly string[] Oddities =
    [
        "null", "true", "0", "-1", "1e999", "-0.0", "99999999999999999999", "\"\"", "\"*\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[]", "{}",
        "[[[[[[[[[]]]]]]]]]", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}",
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[] { "\"", "\\", "{", "}", "[", "]", ":", ",", "null", "\\u", "\\ud800", "1e999", "\u0000", "\u2028", "\ufeff", "//" }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0x80], [0xED, 0xA0, 0x80],
    ];

    /// <param name="json">What is right.</param>
    /// <param name="seed">The same seed does the same damage.</param>
    /// <returns>UTF-8, or nearly.</returns>
    public byte[] Of(string json, int seed)
    {
        var random = new Random(seed);
        if (JsonNode.Parse(json) is not { } root) return Bytes(json, random);
        for (var changes = random.Next(4); changes > 0; changes--) Change(Nodes(root).ElementAt(random.Next(Nodes(root).Count())), random);
        var text = root.ToJsonString();
        // The same member twice is something that no tree can hold.
        if (random.Next(8) == 0 && text.Length > 1 && text[0] == '{') text = $"{{{Member(random)},{text[1..]}";
        return random.Next(4) == 0 ? Bytes(text, random) : Encoding.UTF8.GetBytes(text);
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode root)
    {
        yield return root;
        IEnumerable<JsonNode?> below = root switch
        {
            JsonObject members => members.Select(static member => member.Value),
            JsonArray elements => elements,
            _ => [],
        };
        foreach (var node in below.OfType<JsonNode>().SelectMany(Nodes)) yield return node;
    }

    private void Change(JsonNode at, Random random)
    {
        switch (at)
        {
            case JsonObject members when random.Next(3) == 0:
                members[Pick(names, random)] = Value(random);
                break;
            case JsonObject { Count: > 0 } members:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                var value = members[name]?.DeepClone();
                if (random.Next(2) == 0) members[name] = random.Next(2) == 0 ? Value(random) : new JsonArray(value);
                else members.Remove(name);
                if (random.Next(3) == 0) members[random.Next(2) == 0 ? Pick(names, random) : name.ToUpperInvariant()] = value?.DeepClone();
                break;
            case JsonArray elements when elements.Count == 0 || random.Next(2) == 0:
                elements.Insert(random.Next(elements.Count + 1), elements.Count > 0 && random.Next(2) == 0
                    ? elements[random.Next(elements.Count)]?.DeepClone()
                    : Value(random));
                break;
            case JsonArray elements:
                elements.RemoveAt(random.Next(elements.Count));
                break;
            case { Parent: not null }:
                at.ReplaceWith(Value(random));
                break;
            default: break;
        }
    }

    private JsonNode? Value(Random random)
    {
        var json = Pick(random.Next(2) == 0 ? values : Oddities, random);
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json; // as a text
        }
    }

    private string Member(Random random) => $"\"{Pick(names, random)}\":{Pick(random.Next(2) == 0 ? values : Oddities, random)}";

    private static byte[] Bytes(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            if (random.Next(3) == 0 || at == bytes.Count) bytes.InsertRange(at, Pick(Pieces, random));
            else if (random.Next(2) == 0) bytes.RemoveRange(at, Math.Min(random.Next(1, 5), bytes.Count - at));
            else bytes[at] = (byte)random.Next(256);
        }
        return [.. bytes];
    }

    private static T Pick<T>(T[] among, Random random) => among[random.Next(among.Length)];
}
