namespace Kindred.Serving.Groups;

/// <summary>
/// Which records of a group's log have been taken in: all below one position, and runs above it, where this process's own
/// appends have overtaken others that it has not read yet.
/// </summary>
internal sealed class LogPositions
{
    private readonly Lock _gate = new();
    private readonly List<(long First, long End)> _runs = []; // ascending, apart from each other, all above _through
    private long _through;

    /// <summary>Everything below this position has been taken in.</summary>
    public long Through
    {
        get { lock (_gate) return _through; }
    }

    /// <summary>Whether the last record of a log that ends at <paramref name="end"/> has been taken in.</summary>
    /// <remarks>
    /// A gap below it is another append, whose own news is still to come. Should that be lost, the gap is found when the group is
    /// asked for again.
    /// </remarks>
    public bool HasLast(long end)
    {
        lock (_gate) return end <= _through || _runs.FindLastIndex(run => run.First < end && end <= run.End) >= 0;
    }

    /// <param name="first">The first position taken in.</param>
    /// <param name="end">The one behind the last.</param>
    public void Add(long first, long end)
    {
        lock (_gate)
        {
            // Appends come nearly in order, so the place is looked for from the end.
            var place = _runs.FindLastIndex(run => run.First <= first) + 1;
            _runs.Insert(place, (first, end));
            while (place > 0 && _runs[place - 1].End >= _runs[place].First) Merge(--place);
            while (place + 1 < _runs.Count && _runs[place + 1].First <= _runs[place].End) Merge(place);
            if (_runs[0].First > _through) return;
            _through = Math.Max(_through, _runs[0].End);
            _runs.RemoveAll(run => run.End <= _through);
        }
    }

    private void Merge(int place)
    {
        _runs[place] = (_runs[place].First, Math.Max(_runs[place].End, _runs[place + 1].End));
        _runs.RemoveAt(place + 1);
    }
}
