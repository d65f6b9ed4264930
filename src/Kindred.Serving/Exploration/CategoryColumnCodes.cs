using Kindred.Serving.Records;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Exploration;

/// <summary>
/// Codes for the categories of one column that new items have, dense over all columns. A record of the catalogue is read by the catalogue's
/// own codes where it has them, everything else by its text; one category has one code either way.
/// </summary>
internal sealed class CategoryColumnCodes(RecordColumn column, ItemCatalog? catalog)
{
    private readonly CodedCategories? _coded = column.CatalogIndex < 0 ? null : catalog!.Categories(column.CatalogIndex);
    private readonly Dictionary<int, int> _byCatalogCode = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    /// <summary>Adds the record's codes, and makes those that there are not yet.</summary>
    /// <param name="record">An item.</param>
    /// <param name="codes">Receives the codes.</param>
    /// <param name="count">How many codes there are over all columns; the next one is this.</param>
    public void AddNew(KnownRecord record, HashSet<int> codes, ref int count)
    {
        if (_coded is not null && record.Row >= 0)
        {
            foreach (var code in _coded.Codes(record.Row)) codes.Add(Of(code, ref count));
            return;
        }
        var text = record.Value(column).AsSpan();
        foreach (var range in text.Split('|'))
        {
            var part = text[range].Trim();
            if (!part.IsEmpty) codes.Add(Of(part, ref count));
        }
    }

    /// <summary>Adds 1 to the taste for each of the record's categories that has a code.</summary>
    public void AddTaste(KnownRecord record, Span<float> taste)
    {
        if (_coded is not null && record.Row >= 0)
        {
            foreach (var catalogCode in _coded.Codes(record.Row))
            {
                if (_byCatalogCode.TryGetValue(catalogCode, out var code)) taste[code]++;
            }
            return;
        }
        var text = record.Value(column).AsSpan();
        foreach (var range in text.Split('|'))
        {
            if (TryFind(text[range].Trim(), out var code)) taste[code]++;
        }
    }

    private bool TryFind(ReadOnlySpan<char> part, out int code)
    {
        code = -1;
        if (part.IsEmpty) return false;
        return _coded is not null && _coded.Values.TryFind(part, out var catalogCode)
            ? _byCatalogCode.TryGetValue(catalogCode, out code)
            : _byText.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(part, out code);
    }

    private int Of(ReadOnlySpan<char> part, ref int count)
    {
        if (_coded is not null && _coded.Values.TryFind(part, out var catalogCode)) return Of(catalogCode, ref count);
        var texts = _byText.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!texts.TryGetValue(part, out var code)) texts[part] = code = count++;
        return code;
    }

    private int Of(int catalogCode, ref int count)
    {
        if (!_byCatalogCode.TryGetValue(catalogCode, out var code)) _byCatalogCode.Add(catalogCode, code = count++);
        return code;
    }
}
