namespace Kindred.Numerics.Sparse;

/// <summary>Quickselect.</summary>
internal static class PartialSort
{
    /// <summary>
    /// Brings the <paramref name="count"/> smallest keys to the front, both parts in any order. The last of the front is its largest.
    /// </summary>
    /// <remarks>Linear on average; the pivot is the median of three.</remarks>
    public static void SelectFirst(Span<ulong> keys, int count)
    {
        var (low, high) = (0, keys.Length - 1);
        while (low < high)
        {
            var pivot = Median(keys[low], keys[(low + high) / 2], keys[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (keys[i] < pivot)
                    i++;
                while (pivot < keys[j])
                    j--;
                if (i <= j)
                {
                    (keys[i], keys[j]) = (keys[j], keys[i]);
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

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
