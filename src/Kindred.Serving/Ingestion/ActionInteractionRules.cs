using Kindred.Contracts.Protocol.Events;
using Kindred.Recipes.Actions;
using Kindred.Storage.Events;

namespace Kindred.Serving.Ingestion;

/// <summary>What one interaction of PutActionInteractions must be, beyond the contract's own shapes.</summary>
internal static class ActionInteractionRules
{
    private const int MaxIdLength = 256;
    private const int MaxPropertiesLength = 1024;

    /// <param name="place">How it is named in a fault, such as <c>actionInteractions[2]</c>.</param>
    /// <param name="faults">Receives one sentence per fault.</param>
    public static void Check(ActionInteraction interaction, string place, DateTimeOffset now, List<string> faults)
    {
        CheckId(interaction.ActionId, $"{place}.actionId", isRequired: true, faults);
        CheckId(interaction.SessionId, $"{place}.sessionId", isRequired: true, faults);
        CheckId(interaction.UserId, $"{place}.userId", isRequired: false, faults);
        CheckId(interaction.EventId, $"{place}.eventId", isRequired: false, faults);
        if (!ActionEvents.TryParse(interaction.EventType, out _))
            faults.Add($"{place}.eventType is '{interaction.EventType}'; Taken, Not Taken or Viewed was expected.");
        if (EventTime.Fault($"{place}.timestamp", interaction.Timestamp.ToUnixTimeSeconds(), now) is { } time) faults.Add(time + ".");
        if (interaction.Properties is not { } properties) return;
        if (properties.Length > MaxPropertiesLength)
            faults.Add($"{place}.properties has {properties.Length} characters; at most {MaxPropertiesLength} are allowed.");
        else EventProperties.TryParse(properties, $"{place}.properties", faults)?.Dispose();
    }

    /// <summary>One that was checked. Whatever way its type was spelled, it is stored as <see cref="ActionEvents.NameOf"/> spells it.</summary>
    public static StreamedEvent ToStreamed(ActionInteraction interaction)
    {
        if (!ActionEvents.TryParse(interaction.EventType, out var what))
            throw new ArgumentException($"'{interaction.EventType}' is no type of an action interaction.", nameof(interaction));
        return new StreamedEvent(
            string.IsNullOrEmpty(interaction.UserId) ? null : interaction.UserId, interaction.SessionId,
            string.IsNullOrEmpty(interaction.EventId) ? Guid.NewGuid().ToString() : interaction.EventId,
            ActionEvents.NameOf(what), EventValue: null, interaction.ActionId, interaction.Timestamp, interaction.Properties,
            interaction.RecommendationId, interaction.Impression, EventAttributionSource: null);
    }

    private static void CheckId(string? id, string name, bool isRequired, List<string> faults)
    {
        if (isRequired && string.IsNullOrEmpty(id)) faults.Add($"{name} is required.");
        if (id is { Length: > MaxIdLength }) faults.Add($"{name} has {id.Length} characters; at most {MaxIdLength} are allowed.");
    }
}
