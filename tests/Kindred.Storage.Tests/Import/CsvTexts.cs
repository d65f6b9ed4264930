using System.Text;
using CsCheck;

namespace Kindred.Storage.Tests.Import;

/// <summary>Tables, and the many ways in which programs write the same table as CSV.</summary>
internal static class CsvTexts
{
    public static readonly string[] Columns = ["ITEM_ID", "A", "B"];

    internal sealed record Written(IReadOnlyList<string?[]> Rows, byte[] Csv)
    {
        public override string ToString() => Encoding.UTF8.GetString(Csv);
    }

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Char["ab,\"\\ |ü€'\t"].Array[1, 8].Select(chars => new string(chars)),
        Gen.Const("😀 snow"), Gen.Int.Select(i => i.ToString()), Gen.Char.AlphaNumeric.Array[1, 200].Select(chars => new string(chars)));

    private static readonly Gen<string?[]> Row = Gen.Select(Value, Value.Null(), Value.Null(), (id, a, b) => new string?[] { id, a, b });

    public static readonly Gen<Written> Table = Gen.Select(Row.Array[1, 30], Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int)
        .Select((rows, order, carriageReturn, lastNewline, mark, seed) =>
    {
        var random = new Random(seed);
        int[] columns = order switch { 0 => [0, 1, 2], 1 => [0, 2, 1], 2 => [1, 0, 2], 3 => [1, 2, 0], 4 => [2, 0, 1], _ => [2, 1, 0] };
        var newline = carriageReturn ? "\r\n" : "\n";
        var text = new StringBuilder(mark ? "\uFEFF" : "").AppendJoin(',', columns.Select(c => Columns[c]).Append("IGNORED"));
        foreach (var row in rows) text.Append(newline).AppendJoin(',', columns.Select(c => Spell(row[c], random)).Append(Spell("x,\"", random)));
        if (lastNewline) text.Append(newline);
        return new Written(rows, Encoding.UTF8.GetBytes(text.ToString()));
    });

    private static string Spell(string? value, Random random)
    {
        if (value is null) return random.Next(2) == 0 ? "" : "\"\"";
        var mustQuote = value.Contains(',') || value.StartsWith('"');
        if (!mustQuote && random.Next(2) == 0) return value;
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal);
        return $"\"{escaped.Replace("\"", random.Next(2) == 0 ? "\"\"" : "\\\"", StringComparison.Ordinal)}\"";
    }
}
