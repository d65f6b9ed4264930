using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Kindred.Storage.State;

/// <summary>
/// How a grain's state lies in the database: <c>{"v":1,"s":{…}}</c>, UTF-8. No CLR names, so types can be renamed; unknown
/// members are passed over, so a release can be taken back; enums are their numbers, so names can be improved.
/// </summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    /// <summary>Goes up when a reader of today would misread the payloads of tomorrow, not when a member is added.</summary>
    public const int CurrentSchema = 1;

    private static readonly JsonEncodedText SchemaMember = JsonEncodedText.Encode("v");
    private static readonly JsonEncodedText StateMember = JsonEncodedText.Encode("s");

    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Default)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a metric may be NaN
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never shown in HTML, and readable when a human looks
        Converters = { new ArnConverter() },
    };

    public BinaryData Serialize<T>(T? input)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteNumber(SchemaMember, CurrentSchema);
            writer.WritePropertyName(StateMember);
            JsonSerializer.Serialize(writer, input, Options);
            writer.WriteEndObject();
        }
        return new BinaryData(buffer.WrittenMemory);
    }

    /// <exception cref="InvalidDataException">A newer release wrote the payload, or it is damaged.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            var reader = new Utf8JsonReader(input);
            Expect(ref reader, JsonTokenType.StartObject);
            ExpectMember(ref reader, SchemaMember);
            reader.Read();
            var schema = reader.GetInt32();
            if (schema > CurrentSchema)
                throw new InvalidDataException(
                    $"A stored {typeof(T).Name} has schema {schema}; this release reads up to {CurrentSchema}. "
                    + "Start the release that wrote it, or a newer one.");

            ExpectMember(ref reader, StateMember);
            reader.Read();
            return JsonSerializer.Deserialize<T>(ref reader, Options) ?? throw new JsonException("The state is null.");
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"A stored {typeof(T).Name} cannot be read: {damaged.Message}", damaged);
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token) throw new JsonException($"Expected {token}, found {reader.TokenType}.");
    }

    private static void ExpectMember(ref Utf8JsonReader reader, JsonEncodedText name)
    {
        Expect(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals(name.EncodedUtf8Bytes)) throw new JsonException($"Expected the member '{name}'.");
    }
}
