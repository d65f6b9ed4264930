using System.Buffers.Text;

namespace Kindred.Bench.Imports;

/// <summary>Made-up interactions as a CSV file: a log in the order of time, long-tailed users and items, ids of usual length.</summary>
internal static class InteractionsCsv
{
    private const int RowsPerUser = 40;
    private const int RowsPerItem = 200;
    private const int LongestLine = 64;

    /// <summary>Writes USER_ID, ITEM_ID, TIMESTAMP, EVENT_TYPE; about 42 bytes a row.</summary>
    public static void Write(string path, int rows)
    {
        var random = new Random(1);
        var (users, items) = (Math.Max(1, rows / RowsPerUser), Math.Max(1, rows / RowsPerItem));
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        file.Write("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n"u8);
        var line = new byte[LongestLine];
        var time = 1_700_000_000L;
        for (var row = 0; row < rows; row++)
        {
            time += random.Next(3) == 0 ? 1 : 0;
            var at = Append(line, 0, "user-"u8, Scattered(LongTailed(random, users)), 9);
            line[at++] = (byte)',';
            at = Append(line, at, "B0"u8, Scattered(LongTailed(random, items)), 8);
            line[at++] = (byte)',';
            at = Append(line, at, default, time, 10);
            line[at++] = (byte)',';
            var type = random.Next(20) switch { 0 => "Purchase"u8, < 3 => "Cart"u8, _ => "View"u8 };
            type.CopyTo(line.AsSpan(at));
            at += type.Length;
            line[at++] = (byte)'\n';
            file.Write(line.AsSpan(0, at));
        }
    }

    private static int LongTailed(Random random, int count) => (int)(count * Math.Pow(random.NextDouble(), 2.2));

    // Ids do not follow popularity: neighbours in the file are no neighbours in any table.
    private static long Scattered(int number) => number * 2_654_435_761L % 100_000_000;

    private static int Append(byte[] line, int at, ReadOnlySpan<byte> prefix, long number, int digits)
    {
        prefix.CopyTo(line.AsSpan(at));
        Utf8Formatter.TryFormat(number, line.AsSpan(at + prefix.Length), out var written, new('D', (byte)digits));
        return at + prefix.Length + written;
    }
}
