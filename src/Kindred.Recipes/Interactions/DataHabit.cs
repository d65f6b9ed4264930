using System.Globalization;

namespace Kindred.Recipes.Interactions;

/// <summary>Whether users come back to what they have met, and whether what they do is recorded a basket at a time.</summary>
public sealed record DataHabit
{
    private const int MostTypes = 8;

    /// <summary>
    /// Share, 0..1, of the interactions after a user's first (or first basket) that repeat an earlier one: same item, same event type. What was
    /// viewed and then is bought repeats nothing.
    /// </summary>
    public required double Repeats { get; init; }

    /// <summary>The same by event type: of the commonest, at most eight; empty where there are fewer than two.</summary>
    public required IReadOnlyDictionary<string, double> RepeatsByType { get; init; }

    /// <summary>Whether rows come in <see cref="Baskets"/>, so that the next basket is foretold and not the next item.</summary>
    public required bool IsOfBaskets { get; init; }

    /// <summary>Mean number of interactions of a basket; null where there are none.</summary>
    public required double? BasketSize { get; init; }

    public static DataHabit Of(InteractionLog log)
    {
        var isOfBaskets = Baskets.Are(log);
        var (later, repeats, baskets) = (new long[log.EventTypes.Count + 1], new long[log.EventTypes.Count + 1], 0L);
        var met = new HashSet<(int Item, int Type)>();
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            met.Clear();
            var end = log.UserStarts[user + 1];
            for (int from = log.UserStarts[user], to; from < end; from = to, baskets++)
            {
                for (to = from + 1; isOfBaskets && to < end && log.Timestamps[to] - log.Timestamps[to - 1] < Baskets.Pause; to++) { }
                for (var i = from; i < to && from > log.UserStarts[user]; i++)
                {
                    later[log.EventTypeCodes[i] + 1]++;
                    repeats[log.EventTypeCodes[i] + 1] += met.Contains((log.Items[i], log.EventTypeCodes[i])) ? 1 : 0;
                }
                for (var i = from; i < to; i++)
                    met.Add((log.Items[i], log.EventTypeCodes[i]));
            }
        }
        var types = Enumerable.Range(0, log.EventTypes.Count).Where(type => later[type + 1] > 0).ToList();
        return new DataHabit
        {
            Repeats = Share(repeats.Sum(), later.Sum()),
            RepeatsByType = types.Count < 2 ? new Dictionary<string, double>() : types.OrderByDescending(type => later[type + 1]).Take(MostTypes)
                .ToDictionary(type => log.EventTypes[type], type => Share(repeats[type + 1], later[type + 1])),
            IsOfBaskets = isOfBaskets,
            BasketSize = isOfBaskets ? (double)log.Count / baskets : null,
        };
    }

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var byType = RepeatsByType.Count == 0 ? "" : $" ({string.Join(", ", RepeatsByType.Select(type => $"{type.Key} {Percent(type.Value)}"))})";
        var next = BasketSize is { } size
            ? string.Create(CultureInfo.InvariantCulture, $"baskets of {size:F1} rows without an order, so the next basket is foretold")
            : "one after the other, so the next one is foretold";
        return $"{Percent(Repeats)} of later interactions repeat an earlier one{byType}; {next}";
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");
}
