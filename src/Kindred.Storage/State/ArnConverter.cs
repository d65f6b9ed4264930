using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;

namespace Kindred.Storage.State;

/// <summary>An ARN is stored as its own text; the empty text is the default value, which names nothing.</summary>
internal sealed class ArnConverter : JsonConverter<Arn>
{
    public override Arn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, Arn value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    public override Arn ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Arn value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Text(value));

    private static string Text(Arn value) => value == default ? "" : value.ToString();

    private static Arn Parse(string? text)
    {
        if (text is "") return default;
        return Arn.TryParse(text, out var arn) ? arn : throw new JsonException($"'{text}' is not an ARN of this service.");
    }
}
