using Kindred.Storage.Schemas;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// Codes the columns of a catalog while it is built. Memory holds distinct texts only, and of those no more than
/// <paramref name="mostBytes"/>: when there are more, the column that has the most of them is left plain.
/// </summary>
/// <param name="besidePath">Temporary files lie beside this one.</param>
/// <param name="mostBytes">Of distinct texts, over all columns together.</param>
/// <param name="mostValues">Distinct texts of one column.</param>
internal sealed class ColumnCodings(
    IReadOnlyList<SchemaField> columns, string besidePath, long mostBytes = ColumnCodings.DefaultMostBytes,
    int mostValues = ColumnCodings.DefaultMostValues) : IDisposable
{
    public const long DefaultMostBytes = 48 << 20;
    public const int DefaultMostValues = 1_000_000;
    private const int BufferBytes = 1 << 13;

    private readonly IColumnCoding?[] _codings = [.. columns.Select(column => For(column, besidePath))];
    private long _bytes;

    /// <param name="column">Index among the columns.</param>
    /// <param name="value">The next record's value as in the CSV, or null.</param>
    public void Add(int column, string? value)
    {
        if (_codings[column] is not { } coding) return;
        _bytes -= coding.Bytes;
        coding.Add(value);
        _bytes += coding.Bytes;
        if (coding.Values > mostValues) Drop(column);
        while (_bytes > mostBytes) Drop(Widest());
    }

    /// <returns>Where each column lies in the section.</returns>
    public CodedColumn[] Write(Stream target)
    {
        var section = new CodedSection(target);
        return [.. _codings.Select(coding => coding?.Write(section) ?? default)];
    }

    public void Dispose()
    {
        foreach (var coding in _codings) coding?.Dispose();
    }

    private int Widest()
    {
        var widest = 0;
        for (var column = 1; column < _codings.Length; column++)
        {
            if ((_codings[column]?.Bytes ?? 0) > (_codings[widest]?.Bytes ?? 0)) widest = column;
        }
        return widest;
    }

    private void Drop(int column)
    {
        _bytes -= _codings[column]!.Bytes;
        _codings[column]!.Dispose();
        _codings[column] = null;
    }

    private static IColumnCoding? For(SchemaField column, string besidePath) => column switch
    {
        { Textual: true } or { Type: FieldType.Null } => null, // free text: nearly every value is different
        { Type: FieldType.String or FieldType.Boolean } =>
            new CategoryCoding(
                column.Categorical, ScratchFile.Create(besidePath, BufferBytes), ScratchFile.Create(besidePath, BufferBytes)),
        _ => new NumberCoding(ScratchFile.Create(besidePath, BufferBytes)),
    };
}
