using System.Globalization;
using System.Runtime.InteropServices;

namespace Kindred.Storage.Snapshots;

/// <summary>Codes a column of numbers: a double per record, NaN where there is none.</summary>
internal sealed class NumberCoding(FileStream rows) : IColumnCoding
{
    public int Values => 0;
    public long Bytes => 0;

    public void Add(string? value)
    {
        var number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed)
            ? parsed
            : double.NaN;
        rows.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in number)));
    }

    public CodedColumn Write(CodedSection section) => new() { Form = (long)ColumnForm.Numbers, RowsAt = section.Copy(rows) };

    public void Dispose() => rows.Dispose();
}
