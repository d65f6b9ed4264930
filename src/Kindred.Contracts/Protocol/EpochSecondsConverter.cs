using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kindred.Contracts.Protocol;

/// <summary>Timestamps of the contract: a JSON number of seconds since 1970-01-01T00:00:00Z, with milliseconds as the fraction.</summary>
public sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The largest second that <see cref="DateTimeOffset"/> holds: 9999-12-31T23:59:59Z.</summary>
    public const double MaxSeconds = 253_402_300_799;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var seconds = reader.GetDouble();
        if (seconds is < 0 or > MaxSeconds || double.IsNaN(seconds))
        {
            throw new JsonException($"A timestamp is a number of seconds since 1970 from 0 to {MaxSeconds:F0}, not {seconds:R}.");
        }

        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000m);
}
