namespace Kindred.Storage.Snapshots;

/// <summary>Bitmaps over the records of a catalog, or over the codes of a column: 64 to a word, the first in the lowest bit.</summary>
internal static class RowBits
{
    public static void ThrowIfShort(int words, int bits, string name)
    {
        if (words < (bits + 63) / 64) throw new ArgumentException($"The bitmap has {words} words for {bits} bits.", name);
    }
}
