using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>The contexts of a log's interactions as features.</summary>
internal sealed class LoggedContexts
{
    /// <summary>Share of the targets whose context stays hidden, so that a request without one is understood as well.</summary>
    private const double HiddenShare = 0.1;

    private readonly (ContextColumn Column, ContextFeatureColumn Features, int[][] OfCells)[] _columns;

    private LoggedContexts(ContextFeatures features, InteractionLog log)
    {
        Features = features;
        _columns =
        [
            .. features.Columns.Select(column => (Column: log.Contexts.FirstOrDefault(logged => logged.Name == column.Name), Features: column))
                .Where(pair => pair.Column is not null)
                .Select(pair => (pair.Column!, pair.Features, (pair.Column!.Cells ?? []).Select(cell => pair.Features.Find(cell)).ToArray())),
        ];
    }

    public ContextFeatures Features { get; }

    /// <returns>Null when nothing is known of contexts.</returns>
    public static LoggedContexts? Of(InteractionLog log, ContextFeatures? before) =>
        ContextFeatures.Of(log, before) is { } features ? new LoggedContexts(features, log) : null;

    /// <summary>Whether the context of the next target is hidden.</summary>
    public static bool IsHidden(ref SplitMix random) => random.NextDouble() < HiddenShare;

    /// <summary>Adds what the context of an interaction says.</summary>
    public void Read(int interaction, List<ContextFeature> features)
    {
        foreach (var (column, known, ofCells) in _columns)
        {
            if (column.Cells is not null)
                Features.Add(column.Codes[interaction] is >= 0 and var code ? ofCells[code] : [], features);
            else if (column.Number(interaction) is var number && !float.IsNaN(number))
                Features.Add([known.Find(number)], features);
        }
    }
}
