using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Readings;

/// <summary>What the interactions of a dataset group are like; what people look at before they trust a model.</summary>
public sealed record DataInsights
{
    private const int TailPoints = 200;
    private const int MostDays = 10_000;
    private const long SecondsPerDay = 86_400;
    private static readonly int[] LengthBounds = [1, 2, 3, 5, 10, 20, 50, 100, 200, int.MaxValue];

    public required long Interactions { get; init; }
    public required int Users { get; init; }
    public required int Items { get; init; }
    /// <summary>Items by the number of their interactions: rank, from 1, and interactions; thinned evenly in the logarithm of the rank.</summary>
    public required IReadOnlyList<(int Rank, int Interactions)> LongTail { get; init; }
    /// <summary>The share of all interactions that the first fifth of the items has, 0..1.</summary>
    public required double TopFifthShare { get; init; }
    /// <summary>Interactions by day, UTC, without gaps; the newest ten thousand days.</summary>
    public required IReadOnlyList<(DateOnly Day, int Interactions)> PerDay { get; init; }
    /// <summary>The most frequent first; empty where interactions have no types.</summary>
    public required IReadOnlyList<(string EventType, long Interactions)> EventTypes { get; init; }
    /// <summary>Users by how many interactions they have.</summary>
    public required IReadOnlyList<(string Interactions, int Users)> UserLengths { get; init; }
    /// <summary>The share of interactions with an item that the user had met before, 0..1.</summary>
    public required double RepeatShare { get; init; }
    /// <summary>Users with a single interaction.</summary>
    public required int UsersWithOne { get; init; }
    /// <summary>Items of the catalogue; null without an items dataset.</summary>
    public int? CatalogueItems { get; init; }
    /// <summary>Those among them that nobody interacted with; null without an items dataset.</summary>
    public int? ColdItems { get; init; }
    public DateTimeOffset First { get; init; }
    public DateTimeOffset Last { get; init; }

    internal static DataInsights Of(UserHistory history, ItemCatalog? catalogue, CancellationToken cancellationToken)
    {
        var count = new Counting(history);
        for (var user = 0; user < history.UserCount; user++)
        {
            if (user % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            count.Add(history.Of(user));
        }
        var byItem = count.PerItem.Where(n => n > 0).OrderDescending().ToArray();
        var cold = catalogue is null ? (int?)null : ColdOf(catalogue, history);
        return new DataInsights
        {
            Interactions = history.EventCount, Users = history.UserCount, Items = byItem.Length,
            LongTail = Thin(byItem), TopFifthShare = ShareOfTop(byItem),
            PerDay = Days(count.PerDay), EventTypes = Types(history, count.PerType),
            UserLengths = count.Lengths(), RepeatShare = history.EventCount == 0 ? 0 : (double)count.Repeats / history.EventCount,
            UsersWithOne = count.Ones, CatalogueItems = catalogue?.Count, ColdItems = cold,
            First = DateTimeOffset.FromUnixTimeSeconds(count.FirstSecond), Last = DateTimeOffset.FromUnixTimeSeconds(count.LastSecond),
        };
    }

    private static double ShareOfTop(int[] byItem)
    {
        var all = byItem.Sum(n => (long)n);
        return all == 0 ? 0 : (double)byItem.Take((byItem.Length + 4) / 5).Sum(n => (long)n) / all;
    }

    private static List<(int, int)> Thin(int[] byItem)
    {
        var points = new List<(int, int)>();
        for (var i = 0; i < TailPoints && byItem.Length > 0; i++)
        {
            var rank = (int)Math.Round(Math.Pow(byItem.Length, i / (TailPoints - 1.0)));
            if (points.Count == 0 || points[^1].Item1 != rank) points.Add((rank, byItem[rank - 1]));
        }
        return points;
    }

    private static List<(DateOnly, int)> Days(Dictionary<long, int> perDay)
    {
        var days = new List<(DateOnly, int)>();
        if (perDay.Count == 0) return days;
        var last = perDay.Keys.Max();
        for (var day = Math.Max(perDay.Keys.Min(), last - MostDays + 1); day <= last; day++)
        {
            days.Add((DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)), perDay.GetValueOrDefault(day)));
        }
        return days;
    }

    private static List<(string, long)> Types(UserHistory history, long[] perType) =>
        [.. perType.Select((n, i) => (history.EventTypes[i], n)).Where(t => t.n > 0).OrderByDescending(t => t.n)];

    private static int ColdOf(ItemCatalog catalogue, UserHistory history)
    {
        var cold = 0;
        for (var item = 0; item < catalogue.Count; item++)
        {
            if (!history.ItemIds.TryFind(catalogue.IdUtf8(item), out _)) cold++;
        }
        return cold;
    }

    private sealed class Counting(UserHistory history)
    {
        private readonly int[] _lengths = new int[LengthBounds.Length];
        private readonly HashSet<int> _met = [];

        public int[] PerItem { get; } = new int[history.ItemIds.Count];
        public long[] PerType { get; } = new long[history.EventTypes.Count];
        public Dictionary<long, int> PerDay { get; } = [];
        public long Repeats { get; private set; }
        public int Ones { get; private set; }
        public long FirstSecond { get; private set; } = long.MaxValue;
        public long LastSecond { get; private set; } = long.MinValue;

        public void Add(UserEvents events)
        {
            var length = events.Count;
            if (length == 0) return;
            if (length == 1) Ones++;
            _lengths[Array.FindIndex(LengthBounds, bound => length <= bound)]++;
            _met.Clear();
            for (var i = 0; i < length; i++)
            {
                PerItem[events.Items[i]]++;
                if (events.EventTypes[i] >= 0) PerType[events.EventTypes[i]]++;
                if (!_met.Add(events.Items[i])) Repeats++;
                var second = events.Timestamps[i];
                var day = (long)Math.Floor(second / (double)SecondsPerDay);
                PerDay[day] = PerDay.GetValueOrDefault(day) + 1;
                (FirstSecond, LastSecond) = (Math.Min(FirstSecond, second), Math.Max(LastSecond, second));
            }
        }

        public List<(string, int)> Lengths() => [.. LengthBounds.Select((bound, i) => (Name(i, bound), _lengths[i]))];

        private static string Name(int i, int bound)
        {
            var from = i == 0 ? 1 : LengthBounds[i - 1] + 1;
            return from == bound ? $"{bound}" : bound == int.MaxValue ? $"over {LengthBounds[i - 1]}" : $"{from}–{bound}";
        }
    }
}
