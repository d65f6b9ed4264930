using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Segments;

/// <summary>The columns behind an <see cref="InteractionBatch"/>, used again for every row group.</summary>
internal sealed class BatchColumns(string subject, IReadOnlyList<string> metadata)
{
    private readonly string?[][] _metadata = [.. metadata.Select(static _ => (string?[])[])];
    private readonly Codes _users = new();
    private readonly Codes _items = new();
    private readonly Codes _types = new();
    private string?[] _texts = [];
    private string?[] _sessions = [];
    private long[] _timestamps = [];
    private float?[] _nullableValues = [];
    private int[] _userCodes = [];
    private int[] _itemCodes = [];
    private int[] _typeCodes = [];
    private float[] _values = [];
    private int _count;

    public void Load(SegmentReader segment, bool includeAnonymous)
    {
        _count = segment.Count;
        if (_userCodes.Length < _count)
            (_userCodes, _itemCodes, _typeCodes, _values) = (new int[_count], new int[_count], new int[_count], new float[_count]);

        segment.ReadText(ColumnNames.UserId, ref _texts);
        var hasSessions = includeAnonymous && segment.ReadText(SegmentColumns.SessionId, ref _sessions);
        _users.Clear();
        for (var i = 0; i < _count; i++) _userCodes[i] = (_texts[i] ?? (hasSessions ? _sessions[i] : null)) is { } user ? _users.Of(user) : -1;

        segment.ReadText(subject, ref _texts);
        _items.Clear();
        for (var i = 0; i < _count; i++) _itemCodes[i] = _texts[i] is { } item ? _items.Of(item) : -1;

        segment.ReadText(ColumnNames.EventType, ref _texts);
        _types.Clear();
        for (var i = 0; i < _count; i++) _typeCodes[i] = _texts[i] is { } type ? _types.Of(type) : -1;

        segment.ReadTimestamps(ColumnNames.Timestamp, ref _timestamps);
        segment.ReadValues(ColumnNames.EventValue, ref _nullableValues);
        for (var i = 0; i < _count; i++) _values[i] = _nullableValues[i] ?? float.NaN;
        for (var c = 0; c < _metadata.Length; c++) segment.ReadText(metadata[c], ref _metadata[c]);
        DropRowsWithoutUserOrItem();
    }

    public InteractionBatch AsBatch() => new()
    {
        Users = _userCodes.AsSpan(0, _count),
        Items = _itemCodes.AsSpan(0, _count),
        Timestamps = _timestamps.AsSpan(0, _count),
        EventTypes = _typeCodes.AsSpan(0, _count),
        EventValues = _values.AsSpan(0, _count),
        Metadata = _metadata,
        UserIds = _users.Names,
        ItemIds = _items.Names,
        EventTypeNames = _types.Names,
    };

    private void DropRowsWithoutUserOrItem()
    {
        if (_userCodes.AsSpan(0, _count).IndexOf(-1) < 0 && _itemCodes.AsSpan(0, _count).IndexOf(-1) < 0) return;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_userCodes[i] < 0 || _itemCodes[i] < 0) continue;
            (_userCodes[kept], _itemCodes[kept], _timestamps[kept], _typeCodes[kept], _values[kept]) =
                (_userCodes[i], _itemCodes[i], _timestamps[i], _typeCodes[i], _values[i]);
            foreach (var column in _metadata) column[kept] = column[i];
            kept++;
        }
        _count = kept;
    }
}
