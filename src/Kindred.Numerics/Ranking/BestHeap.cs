namespace Kindred.Numerics.Ranking;

/// <summary>The best entries met so far, the worst of them on top. Of equal scores the smaller index is the better.</summary>
/// <param name="scores">Room for the scores of the kept entries.</param>
/// <param name="indices">Room for their indices, as long.</param>
/// <param name="count">Entries that are there already, put there by another heap over the same spans.</param>
internal ref struct BestHeap(Span<float> scores, Span<int> indices, int count = 0)
{
    private readonly Span<float> _scores = scores;
    private readonly Span<int> _indices = indices;

    public int Count { get; private set; } = count;

    /// <summary>
    /// A score must be above this to be kept when indices are offered in ascending order; negative infinity until the heap is full.
    /// </summary>
    public float Threshold { get; private set; } = count == scores.Length && count > 0 ? scores[0] : float.NegativeInfinity;

    /// <summary>Keeps an entry, in place of the worst when the heap is full. The score is above <see cref="Threshold"/>.</summary>
    public void Add(float score, int index)
    {
        if (Count < _scores.Length)
            Up(Count++, score, index);
        else
            Down(0, score, index);
        if (Count == _scores.Length)
            Threshold = _scores[0];
    }

    /// <summary>Keeps an entry if it is better than the worst, whatever the order in which indices come.</summary>
    public void Offer(float score, int index)
    {
        if (score > Threshold || (score == Threshold && Count == _scores.Length && Count > 0 && index < _indices[0]))
            Add(score, index);
    }

    /// <summary>Brings the entries into order, best first.</summary>
    /// <returns>How many there are.</returns>
    public int Drain()
    {
        var found = Count;
        while (Count > 0)
        {
            var (score, index) = (_scores[0], _indices[0]);
            Count--;
            if (Count > 0)
                Down(0, _scores[Count], _indices[Count]);
            (_scores[Count], _indices[Count]) = (score, index);
        }
        return found;
    }

    private readonly bool IsWorse(float score, int index, int place) =>
        score < _scores[place] || (score == _scores[place] && index > _indices[place]);

    private readonly void Up(int place, float score, int index)
    {
        for (int parent; place > 0 && IsWorse(score, index, parent = (place - 1) / 2); place = parent)
            (_scores[place], _indices[place]) = (_scores[parent], _indices[parent]);
        (_scores[place], _indices[place]) = (score, index);
    }

    private readonly void Down(int place, float score, int index)
    {
        for (int child; (child = 2 * place + 1) < Count; place = child)
        {
            if (child + 1 < Count && IsWorse(_scores[child + 1], _indices[child + 1], child))
                child++;
            if (IsWorse(score, index, child))
                break;
            (_scores[place], _indices[place]) = (_scores[child], _indices[child]);
        }
        (_scores[place], _indices[place]) = (score, index);
    }
}
