using System.Globalization;
using System.Text;
using Kindred.Files;
using Kindred.Files.Csv;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Interactions;

/// <summary>
/// A column of context while it is collected. Where nobody says whether it holds categories or numbers, its values tell: more than
/// <see cref="AttributeKinds.MaxNumericCategories"/> different numbers are numeric, and a few words among them are gaps.
/// </summary>
internal sealed class ContextCells(string name, bool? isNumeric)
{
    /// <summary>Different values up to which a column whose kind is not known is held as texts.</summary>
    private const int MaxDifferent = 20_000;

    private const int LeastPerValue = 20;
    private static readonly int NoNumber = BitConverter.SingleToInt32Bits(float.NaN);
    private readonly IdTableBuilder _cells = new();
    private ChunkedColumn<int> _codes = new(absent: isNumeric is true ? NoNumber : -1);
    private bool? _isNumeric = isNumeric;
    private bool _isGivenUp;

    public string Name => name;

    /// <summary>Sets the value of an interaction; empty, <c>nan</c> and <c>null</c> are none.</summary>
    public void Set(int interaction, ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.Trim(" \t"u8);
        if (_isGivenUp || IsNone(utf8))
            return;
        if (_isNumeric is true)
        {
            if (TryNumber(utf8, out var number))
                _codes.Set(interaction, BitConverter.SingleToInt32Bits(number));
            return;
        }
        _codes.Set(interaction, _cells.Intern(utf8));
        if (_isNumeric is null && _cells.Count > MaxDifferent && !TryBecomeNumeric())
            GiveUp();
    }

    /// <summary>Makes the column as long as the others.</summary>
    public ChunkedColumn<int> Take(int count)
    {
        _codes.PadTo(count);
        return _codes;
    }

    /// <summary>Decides what the column holds, if nobody has said it.</summary>
    /// <param name="count">Interactions.</param>
    /// <returns>Why the column says nothing, for people; null when it may say something.</returns>
    public string? Settle(int count)
    {
        if (_isGivenUp)
            return $"more than {MaxDifferent} different values";
        _codes.PadTo(count);
        if (_isNumeric is true)
            return null;
        if (_cells.Count == 0)
            return "no values";
        var values = _codes.CountOther();
        if (_cells.Count == 1 && values == count)
            return "one value only";
        if (_cells.Count > AttributeKinds.MaxNumericCategories && TryBecomeNumeric())
            return null;
        _isNumeric = false;
        return _cells.Count > AttributeKinds.MaxNumericCategories && (long)_cells.Count * LeastPerValue > values
            ? string.Create(CultureInfo.InvariantCulture, $"{_cells.Count} different values in {values} rows")
            : null;
    }

    public ContextColumn Build(int[] codes)
    {
        if (_isNumeric is true)
            return new ContextColumn(name, null, codes);
        var cells = _cells.Build();
        return new ContextColumn(name, [.. Enumerable.Range(0, cells.Count).Select(cell => cells[cell])], codes);
    }

    private static bool IsNone(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty || Ascii.EqualsIgnoreCase(utf8, "nan"u8) || Ascii.EqualsIgnoreCase(utf8, "null"u8);

    private static bool TryNumber(ReadOnlySpan<byte> utf8, out float number) =>
        float.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    private bool TryBecomeNumeric()
    {
        var cells = _cells.Build();
        var (bits, starts, tally) = (new int[cells.Count], ChunkedColumn<int>.CountStarts(_codes, cells.Count), new NumberTally());
        for (var cell = 0; cell < bits.Length; cell++)
        {
            tally.Add(cells[cell], starts[cell + 1] - starts[cell]);
            bits[cell] = NumberTally.IsNumber(cells[cell]) && TryNumber(cells.Bytes(cell), out var number)
                ? BitConverter.SingleToInt32Bits(number)
                : NoNumber; // a gap
        }
        if (!tally.IsNumeric || bits.Count(cell => cell != NoNumber) <= AttributeKinds.MaxNumericCategories)
            return false;
        var numbers = _codes.Select(NoNumber, code => code < 0 ? NoNumber : bits[code]);
        _codes.Clear();
        _codes = numbers;
        _isNumeric = true;
        return true;
    }

    private void GiveUp()
    {
        _isGivenUp = true;
        _codes.Clear();
    }
}
