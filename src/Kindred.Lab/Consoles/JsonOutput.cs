using System.Text.Json;
using Kindred.Recipes.Interactions;

namespace Kindred.Lab.Consoles;

/// <summary>One JSON object on standard output.</summary>
internal static class JsonOutput
{
    public static void Write(Action<Utf8JsonWriter> members)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void WriteSettings(this Utf8JsonWriter json, IReadOnlyDictionary<string, string> settings)
    {
        json.WriteStartObject("settings");
        foreach (var (name, value) in settings)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    public static void WriteHabit(this Utf8JsonWriter json, DataHabit habit)
    {
        json.WriteStartObject("habit");
        json.WriteNumber("repeats", Math.Round(habit.Repeats, 4));
        json.WriteStartObject("repeats_by_type");
        foreach (var (type, share) in habit.RepeatsByType)
            json.WriteNumber(type, Math.Round(share, 4));
        json.WriteEndObject();
        json.WriteBoolean("baskets", habit.IsOfBaskets);
        if (habit.BasketSize is { } size)
            json.WriteNumber("basket_size", Math.Round(size, 2));
        json.WriteEndObject();
    }

    public static void WriteSeconds(this Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, Math.Round(duration.TotalSeconds, 3));
}
