namespace Kindred.Numerics.Sparse;

/// <summary>Quickselect and a sort of what it leaves in front.</summary>
internal static class PartialSort
{
    private static readonly Comparison<(float Value, int Column)> LargestFirst = (x, y) =>
        x.Value != y.Value ? y.Value.CompareTo(x.Value) : x.Column.CompareTo(y.Column);

    /// <summary>Brings the <paramref name="count"/> largest entries to the front, in order; the rest is left in any order.</summary>
    public static void Descending(Span<(float Value, int Column)> entries, int count)
    {
        if (count < entries.Length)
            SelectFirst(entries, count);
        entries[..count].Sort(LargestFirst);
    }

    private static void SelectFirst(Span<(float Value, int Column)> entries, int count)
    {
        var (low, high) = (0, entries.Length - 1);
        while (low < high)
        {
            var pivot = Median(entries[low], entries[(low + high) / 2], entries[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (LargestFirst(entries[i], pivot) < 0)
                    i++;
                while (LargestFirst(pivot, entries[j]) < 0)
                    j--;
                if (i <= j)
                {
                    (entries[i], entries[j]) = (entries[j], entries[i]);
                    i++;
                    j--;
                }
            }
            if (count - 1 <= j)
                high = j;
            else if (count - 1 >= i)
                low = i;
            else
                return;
        }
    }

    private static (float, int) Median((float, int) a, (float, int) b, (float, int) c)
    {
        if (LargestFirst(a, b) > 0)
            (a, b) = (b, a);
        if (LargestFirst(b, c) > 0)
            b = c;
        return LargestFirst(a, b) > 0 ? a : b;
    }
}
