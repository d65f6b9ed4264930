namespace Kindred.Recipes.Actions;

/// <summary>Reads and writes the event types of action interactions.</summary>
public static class ActionEvents
{
    /// <summary>How the service's guide spells it.</summary>
    public static string NameOf(ActionEvent value) => value switch
    {
        ActionEvent.Taken => "Taken",
        ActionEvent.NotTaken => "Not Taken",
        _ => "Viewed",
    };

    /// <summary>Knows <c>Taken</c>, <c>Not Taken</c> and <c>Viewed</c> in any case, with or without the space or an underscore.</summary>
    public static bool TryParse(string? eventType, out ActionEvent value)
    {
        (var isKnown, value) =
            eventType?.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "TAKEN" => (true, ActionEvent.Taken),
            "NOTTAKEN" => (true, ActionEvent.NotTaken),
            "VIEWED" => (true, ActionEvent.Viewed),
            _ => (false, default),
        };
        return isKnown;
    }
}
