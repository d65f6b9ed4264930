using System.Globalization;

namespace Kindred.Storage.Segments;

/// <summary>Whole rows of segments, to be written again: columns by name, one row group at a time.</summary>
internal sealed class SegmentRows
{
    private readonly IReadOnlyList<string> _columns;
    private readonly SegmentColumnKind[] _kinds;
    private readonly string?[][] _texts;
    private readonly long[][] _timestamps;
    private readonly float?[][] _values;

    /// <param name="columns">The columns of the target; one that a segment lacks is null there.</param>
    public SegmentRows(string datasetType, IReadOnlyList<string> columns)
    {
        _columns = columns;
        _kinds = [.. columns.Select(c => SegmentColumns.KindOf(datasetType, c))];
        (_texts, _timestamps, _values) = (new string?[columns.Count][], new long[columns.Count][], new float?[columns.Count][]);
        Array.Fill(_texts, []);
        Array.Fill(_timestamps, []);
        Array.Fill(_values, []);
    }

    /// <summary>Visits every row of the segments, oldest first; the visitor reads from this object.</summary>
    public void Visit(IEnumerable<string> paths, Action<int> visit, CancellationToken cancellationToken)
    {
        using var blocking = BlockingScope.Enter();
        foreach (var path in paths)
        {
            using var segment = new SegmentReader(path);
            while (segment.MoveNextGroup())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Load(segment);
                for (var row = 0; row < segment.Count; row++) visit(row);
            }
        }
    }

    public string? Text(int column, int row) => _texts[column][row];

    /// <summary>A value of any column, spelled as in a CSV file; null where there is none.</summary>
    public string? Spelled(int column, int row) => _kinds[column] switch
    {
        SegmentColumnKind.Timestamp => _timestamps[column][row].ToString(CultureInfo.InvariantCulture),
        SegmentColumnKind.Value => _values[column][row]?.ToString(CultureInfo.InvariantCulture),
        _ => _texts[column][row],
    };

    public void CopyTo(RowGroup target, int row)
    {
        for (var c = 0; c < _kinds.Length; c++)
        {
            switch (_kinds[c])
            {
                case SegmentColumnKind.Timestamp: target.SetTimestamp(c, _timestamps[c][row]); break;
                case SegmentColumnKind.Value: target.SetValue(c, _values[c][row]); break;
                default: target.SetText(c, _texts[c][row]); break;
            }
        }
    }

    private void Load(SegmentReader segment)
    {
        for (var c = 0; c < _kinds.Length; c++)
        {
            _ = _kinds[c] switch
            {
                SegmentColumnKind.Timestamp => segment.ReadTimestamps(_columns[c], ref _timestamps[c]),
                SegmentColumnKind.Value => segment.ReadValues(_columns[c], ref _values[c]),
                _ => segment.ReadText(_columns[c], ref _texts[c]),
            };
        }
    }
}
