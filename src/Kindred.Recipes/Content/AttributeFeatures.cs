using System.Runtime.InteropServices;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Content;

/// <summary>
/// Categories, numbers and ages of items as sparse 0/1 features, and pairs of them, each row scaled to length 1. Numbers and ages fall into
/// ten buckets of equally many items. A feature of one item alone says nothing about others and is left out.
/// </summary>
internal static class AttributeFeatures
{
    private const int Buckets = 10;
    private const int MaxPerItem = 12; // of an item's features that are paired: 66 pairs at most
    private const int MaxSample = 100_000;

    /// <param name="table">The items.</param>
    /// <param name="most">Most features; the most frequent are kept, singles before pairs.</param>
    /// <param name="cancellationToken">Looked at between items.</param>
    public static FeatureMatrix Of(AttributeTable table, int most, CancellationToken cancellationToken)
    {
        var sources = Sources(table);
        var codeCount = sources.Sum(source => source.CodeCount);
        var codes = new List<int>();
        var counts = new int[codeCount];
        for (var row = 0; row < table.RowCount; row++)
        {
            Read(sources, row, codes, cancellationToken);
            foreach (var code in codes)
                counts[code]++;
        }
        var singles = Frequent(Enumerable.Range(0, codeCount).Select(code => ((long)code, counts[code])), least: 2, most / 2);
        var pairs = FrequentPairs(sources, table.RowCount, singles, most - singles.Count, cancellationToken);
        return Emit(sources, table.RowCount, singles, pairs, cancellationToken);
    }

    private static FeatureMatrix Emit(
        List<Source> sources, int rows, Dictionary<long, int> singles, Dictionary<long, int> pairs, CancellationToken cancellationToken)
    {
        var (starts, columns, values, codes) = (new int[rows + 1], new List<int>(), new List<float>(), new List<int>());
        for (var row = 0; row < rows; row++)
        {
            ReadKept(sources, row, singles, codes, cancellationToken);
            foreach (var code in codes)
                columns.Add(singles[code]);
            ForPairs(codes, pair =>
            {
                if (pairs.TryGetValue(pair, out var index))
                    columns.Add(singles.Count + index);
            });
            var count = columns.Count - starts[row];
            for (var i = 0; i < count; i++)
                values.Add(1 / MathF.Sqrt(count));
            starts[row + 1] = columns.Count;
        }
        return new FeatureMatrix(starts, [.. columns], [.. values], singles.Count + pairs.Count);
    }

    private static Dictionary<long, int> FrequentPairs(
        List<Source> sources, int rows, Dictionary<long, int> singles, int most, CancellationToken cancellationToken)
    {
        var (counts, codes, stride) = (new Dictionary<long, int>(), new List<int>(), Math.Max(1, (rows + MaxSample - 1) / MaxSample));
        for (var row = 0; row < rows; row += stride)
        {
            ReadKept(sources, row, singles, codes, cancellationToken);
            ForPairs(codes, pair => CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _)++);
        }
        return Frequent(counts.Select(pair => (pair.Key, pair.Value)), least: 3, most);
    }

    /// <summary>Index of each kept key, the most frequent first.</summary>
    private static Dictionary<long, int> Frequent(IEnumerable<(long Key, int Count)> counts, int least, int most)
    {
        var kept = new Dictionary<long, int>();
        foreach (var (key, _) in counts.Where(pair => pair.Count >= least).OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Key).Take(most))
            kept.Add(key, kept.Count);
        return kept;
    }

    private static void Read(List<Source> sources, int row, List<int> codes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        codes.Clear();
        foreach (var source in sources)
            source.Read(row, codes);
    }

    private static void ReadKept(List<Source> sources, int row, Dictionary<long, int> singles, List<int> codes, CancellationToken cancellationToken)
    {
        Read(sources, row, codes, cancellationToken);
        codes.RemoveAll(code => !singles.ContainsKey(code));
    }

    private static void ForPairs(List<int> codes, Action<long> visit)
    {
        var count = Math.Min(MaxPerItem, codes.Count);
        codes.Sort();
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
                visit(((long)codes[i] << 32) | (uint)codes[j]);
        }
    }

    private static List<Source> Sources(AttributeTable table)
    {
        var (sources, first) = (new List<Source>(), 0);
        void Add(Source source)
        {
            sources.Add(source);
            first += source.CodeCount;
        }

        foreach (var column in table.Categories)
            Add(new CategorySource(column, first));
        foreach (var column in table.Numbers)
            Add(new NumberSource(column.Values, first));
        if (table.CreationTimes is { } times)
            Add(new NumberSource(Array.ConvertAll(times, time => time == AttributeTable.UnknownTime ? float.NaN : time), first));
        return sources;
    }

    /// <summary>A column whose values are codes from some first one on.</summary>
    private abstract record Source(int CodeCount)
    {
        public abstract void Read(int row, List<int> codes);
    }

    private sealed record CategorySource(CategoryColumn Column, int First) : Source(Column.Values.Count)
    {
        public override void Read(int row, List<int> codes)
        {
            foreach (var code in Column.Row(row))
                codes.Add(First + code);
        }
    }

    private sealed record NumberSource(float[] Values, int First) : Source(Buckets)
    {
        private readonly float[] _edges = Edges(Values);

        public override void Read(int row, List<int> codes)
        {
            if (!float.IsNaN(Values[row]))
                codes.Add(First + (Array.BinarySearch(_edges, Values[row]) is var at && at >= 0 ? at + 1 : ~at));
        }

        /// <summary>Where buckets of equally many values begin, without repeats: at most Buckets - 1.</summary>
        private static float[] Edges(float[] values)
        {
            var sorted = values.Where(value => !float.IsNaN(value)).Order().ToArray();
            return sorted.Length == 0
                ? []
                : [.. Enumerable.Range(1, Buckets - 1).Select(i => sorted[(int)((long)sorted.Length * i / Buckets)]).Distinct()];
        }
    }
}
