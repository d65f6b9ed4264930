using System.Text.Json;
using Kindred.Contracts.Protocol.Events;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Ingestion;

/// <summary>What one event of PutEvents must be, beyond the contract's own shapes.</summary>
internal static class EventRules
{
    private const int MaxIdLength = 256;
    private const int MaxPropertiesLength = 1024;

    private static readonly string[] ReservedKeys = ["userId", "sessionId", "eventType", "timestamp", "recommendationId", "impression"];

    /// <param name="place">How the event is named in a fault, such as <c>eventList[2]</c>.</param>
    /// <param name="faults">Receives one sentence per fault.</param>
    public static void Check(Event e, string place, DateTimeOffset now, List<string> faults)
    {
        if (string.IsNullOrEmpty(e.EventType)) faults.Add($"{place}.eventType is required.");
        if (e.EventId is { Length: > MaxIdLength })
            faults.Add($"{place}.eventId has {e.EventId.Length} characters; at most {MaxIdLength} are allowed.");
        if (e.ItemId is { Length: 0 }) faults.Add($"{place}.itemId is empty; leave it out or name an item.");
        if (e.ItemId is { Length: > MaxIdLength })
            faults.Add($"{place}.itemId has {e.ItemId.Length} characters; at most {MaxIdLength} are allowed.");
        if (e.EventValue is { } value && !float.IsFinite(value)) faults.Add($"{place}.eventValue is not a finite number.");
        if (EventTime.Fault($"{place}.sentAt", e.SentAt.ToUnixTimeSeconds(), now) is { } time) faults.Add(time + ".");
        if (e.Properties is { } properties) CheckProperties(properties, place, faults);
    }

    /// <summary>What an event says of the columns of its dataset, among its properties; other keys are the client's own affair.</summary>
    /// <param name="schema">Of the group's interactions.</param>
    /// <inheritdoc cref="Check(Event, string, DateTimeOffset, List{string})"/>
    public static void CheckColumns(Event e, ParsedSchema schema, string place, List<string> faults)
    {
        foreach (var fault in RecordProperties.FaultsOfEvent(schema, e.Properties)) faults.Add($"{place}: {fault}");
    }

    private static void CheckProperties(string properties, string place, List<string> faults)
    {
        if (properties.Length > MaxPropertiesLength)
        {
            faults.Add($"{place}.properties has {properties.Length} characters; at most {MaxPropertiesLength} are allowed.");
            return;
        }
        using var document = EventProperties.TryParse(properties, $"{place}.properties", faults);
        if (document is null) return;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (ReservedKeys.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
                faults.Add($"{place}.properties has the key '{property.Name}', "
                    + "which is a member of the request or event and not allowed among properties.");
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && !EventSubject.IsMember(property.Name))
                faults.Add($"{place}.properties.{property.Name} is nested; expected a string, number, boolean or null.");
        }
        EventSubject.In(document.RootElement, $"{place}.properties", faults);
    }
}
