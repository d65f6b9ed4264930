using Kindred.Numerics.Sparse;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Ease;

/// <summary>What EASE learns from, as one sparse matrix over the items that take part: a row per user, and below them a row per attribute.</summary>
/// <param name="Items">Item code of each column, ascending.</param>
/// <param name="Rows">Columns of each row.</param>
/// <param name="Values">Values, aligned with the columns.</param>
/// <param name="MeanDiagonal">Mean over the columns of Σ value² of the users; 1 at least.</param>
internal sealed record EaseMatrix(int[] Items, SparsePattern Rows, float[] Values, double MeanDiagonal)
{
    private const int NumberBins = 10;

    public static EaseMatrix Of(InteractionLog log, AttributeTable? attributes, EaseOptions options)
    {
        var values = options.MetadataWeight > 0 && attributes is not null ? ValuesOf(attributes) : [];
        var items = Choose(log, values, options.MaxItems);
        var columnOf = new int[log.ItemIds.Count];
        Array.Fill(columnOf, -1);
        var included = new bool[log.ItemIds.Count];
        for (var column = 0; column < items.Length; column++)
            (columnOf[items[column]], included[items[column]]) = (column, true);

        var users = UserItems.Of(log, HistoryItems.MaxItems, included);
        var (starts, columns) = (new List<int>(users.Pattern.Starts), new List<int>(users.Pattern.Columns.Length));
        foreach (var item in users.Pattern.Columns)
            columns.Add(columnOf[item]);
        var weights = new List<float>(columns.Count);
        if (users.Weights.IsEmpty)
            weights.AddRange(Enumerable.Repeat(1f, columns.Count));
        else
            weights.AddRange(users.Weights.Span);
        var diagonal = weights.Sum(weight => (double)weight * weight);
        var mean = Math.Max(1, diagonal / Math.Max(1, items.Length));
        AddAttributes(values, columnOf, items.Length, options.MetadataWeight * mean, starts, columns, weights);
        return new EaseMatrix(items, new SparsePattern([.. starts], [.. columns], items.Length), [.. weights], mean);
    }

    /// <summary>Items with a user or an attribute; if there are too many, those with the most users.</summary>
    private static int[] Choose(InteractionLog log, List<int[]> attributes, int most)
    {
        var users = ItemPopularity.CountUsers(log);
        var isKnown = Array.ConvertAll(users, count => count > 0);
        foreach (var item in attributes.SelectMany(items => items))
            isKnown[item] = true;
        var items = Enumerable.Range(0, users.Length).Where(item => isKnown[item]).ToArray();
        if (items.Length <= most)
            return items;
        return [.. items.OrderByDescending(item => users[item]).ThenBy(item => item).Take(most).Order()];
    }

    /// <summary>For each value of each column the items that have it; numbers by their deciles.</summary>
    private static List<int[]> ValuesOf(AttributeTable table)
    {
        var values = new List<int[]>();
        foreach (var column in table.Categories)
        {
            var items = new List<int>?[column.Values.Count];
            for (var item = 0; item < table.RowCount; item++)
            {
                foreach (var code in column.Row(item))
                    (items[code] ??= []).Add(item);
            }
            values.AddRange(items.OfType<List<int>>().Select(list => list.ToArray()));
        }
        foreach (var column in table.Numbers)
        {
            var known = Enumerable.Range(0, table.RowCount).Where(item => float.IsFinite(column.Values[item])).ToArray();
            var sorted = known.Select(item => column.Values[item]).Order().ToArray();
            if (sorted.Length == 0)
                continue;
            // Equal numbers share a bin: it is told by the first place that the number has in the order.
            values.AddRange(known.GroupBy(item => FirstPlace(sorted, column.Values[item]) * NumberBins / sorted.Length)
                .OrderBy(group => group.Key).Select(group => group.ToArray()));
        }
        values.RemoveAll(items => items.Length < 2);
        return values;
    }

    private static int FirstPlace(float[] sorted, float value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>
    /// A row per attribute, weighed by its rarity, so that the attributes of a mean item add <paramref name="diagonal"/> to its diagonal.
    /// </summary>
    private static void AddAttributes(
        List<int[]> values, int[] columnOf, int columnCount, double diagonal, List<int> starts, List<int> columns, List<float> weights)
    {
        var rows = values.Select(items => items.Select(item => columnOf[item]).Where(column => column >= 0).ToArray())
            .Where(row => row.Length > 1).ToList();
        // An attribute that every item has says nothing: the logarithm of its rarity is 0.
        var squares = rows.Select(row => Math.Log((double)columnCount / row.Length)).ToList();
        var total = rows.Zip(squares, (row, square) => row.Length * square).Sum();
        for (var i = 0; i < rows.Count && total > 0; i++)
        {
            columns.AddRange(rows[i]);
            weights.AddRange(Enumerable.Repeat((float)Math.Sqrt(squares[i] * diagonal * columnCount / total), rows[i].Length));
            starts.Add(columns.Count);
        }
    }
}
