using System.Globalization;
using System.Numerics;
using Kindred.Serving.Records;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Filters;

/// <summary>
/// A condition on the fields of an item or a user, with every value known. A record without a value fulfils what is negated (!=, NOT IN) and
/// nothing else. Of a field with several categories one that is equal is enough.
/// </summary>
internal abstract class RecordTest
{
    /// <param name="id">The record's.</param>
    /// <param name="record">Null for an item of which nothing is known but its id.</param>
    public abstract bool Matches(string id, KnownRecord? record);

    /// <summary>Tests every row of a catalogue.</summary>
    /// <param name="rows">A bit per row, shape [ceil(rows / 64)], empty at first; receives the rows that match.</param>
    public abstract void Match(ItemCatalog catalog, Span<ulong> rows);

    /// <summary>Takes out the rows of a catalogue that do not match.</summary>
    /// <param name="rows">A bit per row, shape [ceil(rows / 64)].</param>
    public virtual void Narrow(ItemCatalog catalog, Span<ulong> rows)
    {
        var other = new ulong[rows.Length];
        Match(catalog, other);
        for (var word = 0; word < rows.Length; word++) rows[word] &= other[word];
    }

    /// <summary>Whether <see cref="Match"/> takes 64 rows at a step, and so is best done first where several have to match.</summary>
    public virtual bool IsSwift => false;

    /// <summary>Whether the answer depends on the id.</summary>
    public abstract bool TestsIds { get; }
}

internal sealed class AllTest(RecordTest[] parts) : RecordTest
{
    private readonly RecordTest[] _swiftFirst = [.. parts.OrderBy(static part => !part.IsSwift)]; // stable

    public override bool TestsIds => Array.Exists(parts, static part => part.TestsIds);

    public override bool Matches(string id, KnownRecord? record) => Array.TrueForAll(parts, part => part.Matches(id, record));

    public override void Match(ItemCatalog catalog, Span<ulong> rows)
    {
        _swiftFirst[0].Match(catalog, rows);
        foreach (var part in _swiftFirst.AsSpan(1)) part.Narrow(catalog, rows);
    }

    public override void Narrow(ItemCatalog catalog, Span<ulong> rows)
    {
        foreach (var part in _swiftFirst) part.Narrow(catalog, rows);
    }
}

internal sealed class AnyTest(RecordTest[] parts) : RecordTest
{
    public override bool TestsIds => Array.Exists(parts, static part => part.TestsIds);

    public override bool Matches(string id, KnownRecord? record) => Array.Exists(parts, part => part.Matches(id, record));

    public override void Match(ItemCatalog catalog, Span<ulong> rows)
    {
        var other = new ulong[rows.Length];
        foreach (var part in parts)
        {
            Array.Clear(other);
            part.Match(catalog, other);
            for (var word = 0; word < rows.Length; word++) rows[word] |= other[word];
        }
    }
}

/// <summary>A test that may be negated, on one field or the id.</summary>
internal abstract class ValueTest(bool isNegated) : RecordTest
{
    public override void Match(ItemCatalog catalog, Span<ulong> rows)
    {
        MatchPositive(catalog, rows);
        if (!isNegated) return;
        for (var word = 0; word < rows.Length; word++) rows[word] = ~rows[word];
        if (catalog.Count % 64 is > 0 and var last) rows[^1] &= (1UL << last) - 1;
    }

    public override bool Matches(string id, KnownRecord? record) => MatchesPositive(id, record) != isNegated;

    public override void Narrow(ItemCatalog catalog, Span<ulong> rows)
    {
        if (IsSwift)
        {
            base.Narrow(catalog, rows);
            return;
        }
        for (var word = 0; word < rows.Length; word++)
        {
            for (var left = rows[word]; left != 0; left &= left - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(left);
                if (!Matches(TestsIds ? catalog.Id(row) : "", new KnownRecord(catalog, row))) rows[word] &= ~(1UL << (row & 63));
            }
        }
    }

    protected bool IsNegated => isNegated;

    protected abstract bool MatchesPositive(string id, KnownRecord? record);

    protected virtual void MatchPositive(ItemCatalog catalog, Span<ulong> rows)
    {
        for (var row = 0; row < catalog.Count; row++)
        {
            if (MatchesPositive(TestsIds ? catalog.Id(row) : "", new KnownRecord(catalog, row))) rows[row >> 6] |= 1UL << (row & 63);
        }
    }
}

/// <summary>Whether a number lies in one of some ranges, both ends included.</summary>
internal sealed class NumberTest(RecordColumn column, (double Least, double Most)[] ranges, bool isNegated) : ValueTest(isNegated)
{
    public override bool TestsIds => false;
    public override bool IsSwift => true;

    protected override bool MatchesPositive(string id, KnownRecord? record) =>
        record?.Value(column) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Array.Exists(ranges, range => number >= range.Least && number <= range.Most);

    protected override void MatchPositive(ItemCatalog catalog, Span<ulong> rows)
    {
        if (column.CatalogIndex < 0) return;
        if (catalog.Numbers(column.CatalogIndex) is not { } numbers) base.MatchPositive(catalog, rows);
        else
        {
            foreach (var (least, most) in ranges) numbers.Match(least, most, rows);
        }
    }
}

/// <summary>Whether a text, or one of several categories, is among some.</summary>
/// <param name="isCategorical">Whether <c>|</c> separates several values.</param>
internal sealed class TextTest(RecordColumn column, bool isCategorical, HashSet<string> texts, bool isNegated) : ValueTest(isNegated)
{
    public override bool TestsIds => false;

    protected override bool MatchesPositive(string id, KnownRecord? record)
    {
        if (record?.Value(column) is not { } value) return false;
        var known = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        var text = value.AsSpan();
        if (!isCategorical) return known.Contains(text.Trim());
        foreach (var range in text.Split('|'))
        {
            if (known.Contains(text[range].Trim())) return true;
        }
        return false;
    }

    protected override void MatchPositive(ItemCatalog catalog, Span<ulong> rows)
    {
        if (column.CatalogIndex < 0) return;
        if (catalog.Categories(column.CatalogIndex) is not { } categories)
        {
            base.MatchPositive(catalog, rows);
            return;
        }
        if (CodesIn(categories) is { } codes) categories.Match(codes, rows);
    }

    public override void Narrow(ItemCatalog catalog, Span<ulong> rows)
    {
        if (column.CatalogIndex < 0 || catalog.Categories(column.CatalogIndex) is not { } categories) base.Narrow(catalog, rows);
        else if (CodesIn(categories) is { } codes) categories.Narrow(codes, IsNegated, rows);
        else if (!IsNegated) rows.Clear();
    }

    /// <returns>A bit per code; null where the column has none of the texts.</returns>
    private ulong[]? CodesIn(CodedCategories categories)
    {
        var codes = new ulong[(categories.Values.Count + 63) / 64];
        var isAny = false;
        foreach (var text in texts)
        {
            if (!categories.Values.TryFind(text, out var code)) continue;
            codes[code >> 6] |= 1UL << (code & 63);
            isAny = true;
        }
        return isAny ? codes : null;
    }
}

/// <summary>Whether a field has a value at all.</summary>
internal sealed class PresenceTest(RecordColumn column, bool isNegated) : ValueTest(isNegated)
{
    public override bool TestsIds => false;
    protected override bool MatchesPositive(string id, KnownRecord? record) => record?.Value(column) is not null;
}

internal sealed class IdTest(HashSet<string> ids, bool isNegated) : ValueTest(isNegated)
{
    public override bool TestsIds => true;
    public override bool IsSwift => true;
    protected override bool MatchesPositive(string id, KnownRecord? record) => ids.Contains(id);

    protected override void MatchPositive(ItemCatalog catalog, Span<ulong> rows)
    {
        foreach (var id in ids)
        {
            if (catalog.TryGet(id, out var row)) rows[row >> 6] |= 1UL << (row & 63);
        }
    }
}
