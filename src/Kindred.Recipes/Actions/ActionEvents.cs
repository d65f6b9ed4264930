namespace Kindred.Recipes.Actions;

/// <summary>Reads the event types of action interactions.</summary>
public static class ActionEvents
{
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
