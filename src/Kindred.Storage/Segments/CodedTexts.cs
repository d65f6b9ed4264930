using Kindred.Files;

namespace Kindred.Storage.Segments;

/// <summary>The texts of one column of a row group: each distinct one has a code, a row has the code of its text. No string is made.</summary>
internal sealed class CodedTexts(int capacity)
{
    private const int NoText = -1;
    private readonly IdTableBuilder _values = new(IdHash.Low);
    private readonly int[] _codes = new int[capacity];

    /// <summary>Codes that there are; a text of a row that was begun and not ended has one too.</summary>
    public int DistinctCount => _values.Count;

    /// <returns>A code per row, -1 where there is no text.</returns>
    public ReadOnlySpan<int> Codes(int rows) => _codes.AsSpan(0, rows);

    /// <summary>A distinct text as UTF-8, valid until the next is set.</summary>
    public ReadOnlySpan<byte> Value(int code) => _values.Bytes(code);

    public void Set(int row, string? text) => _codes[row] = text is null ? NoText : _values.Intern(text);

    /// <returns>Whether the group has the text for the first time; <see cref="RemoveNew"/> takes it back then.</returns>
    public bool Set(int row, ReadOnlySpan<byte> utf8) => _values.TryAdd(utf8, out _codes[row]);

    public void RemoveNew() => _values.RemoveLast();

    public void Clear() => _values.Clear();
}
