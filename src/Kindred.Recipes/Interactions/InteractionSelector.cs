namespace Kindred.Recipes.Interactions;

/// <summary>Applies an <see cref="EventSelection"/>.</summary>
internal sealed class InteractionSelector(InteractionLog log)
{
    public InteractionLog Select(EventSelection selection)
    {
        if (selection.Rules.Count == 0)
            return log;
        var rules = RulesByType(selection);
        var keep = new bool[log.Count];
        for (var i = 0; i < keep.Length; i++)
            keep[i] = rules[log.EventTypeCodes[i] + 1] is { } rule && Passes(rule.ValueThreshold, log.EventValues[i]);
        return log.Where(keep, Weights(rules));
    }

    // A value of NaN means the interaction has none; comparing with it is false, so it never reaches a threshold.
    private static bool Passes(double? threshold, float value) => threshold is not { } least || value >= least;

    /// <summary>The first rule that names each type, by type + 1; place 0 is for interactions without a type.</summary>
    private EventRule?[] RulesByType(EventSelection selection)
    {
        var rules = new EventRule?[log.EventTypes.Count + 1];
        for (var type = -1; type < log.EventTypes.Count; type++)
        {
            var name = type < 0 ? null : log.EventTypes[type];
            rules[type + 1] = selection.Rules.FirstOrDefault(rule =>
                rule.EventType is null || string.Equals(rule.EventType, name, StringComparison.OrdinalIgnoreCase));
        }
        return rules;
    }

    /// <summary>Only ratios matter: the largest weight becomes 1. All zero means the caller expressed no preference.</summary>
    private static float[] Weights(EventRule?[] rules)
    {
        var largest = rules.Max(rule => rule?.Weight ?? 0);
        return [.. rules.Select(rule => rule is null ? 1f : largest > 0 ? (float)(rule.Weight / largest) : 1f)];
    }
}
