using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>A sparse item-to-item matrix and the views through it.</summary>
internal sealed class MatrixPart : IPart
{
    private static readonly Look[] OfSequence =
    [
        new("last steps", new View(12, 0.5), 0.2f, IsRecency: true),
        new("session", new View(32, 0.8), 0.2f, IsRecency: true),
        new("long run", new View(HistoryView.MaxSteps, 0.97), 0.2f, IsRecency: false),
    ];

    private static readonly Look[] OfNeighbours = [new("item-kNN", new View(50, 0.9), 0.2f, IsRecency: false)];

    private readonly SparseRows _rows;
    private readonly ItemShares _shares;
    private readonly Look[] _looks;
    private readonly Views _views;

    private MatrixPart(SparseRows rows, ItemShares shares, Look[] looks)
    {
        (_rows, _shares, _looks, _views) = (rows, shares, looks, new Views(Array.ConvertAll(looks, look => look.View)));
        Signals = [.. looks.Select(look => new SparseSignal(look.Name, look.View, rows, shares.Inverses, look.PriorWeight, look.IsRecency))];
    }

    public IReadOnlyList<ISignal> Signals { get; }

    /// <summary>Who follows whom: looked at from the last steps, the session and the long run.</summary>
    public static MatrixPart Sequence(SparseRows rows, ItemShares shares) => new(rows, shares, OfSequence);

    /// <summary>Who is met by the same users.</summary>
    public static MatrixPart Neighbours(SparseRows rows, ItemShares shares) => new(rows, shares, OfNeighbours);

    public void Add(in HistoryView history, ReadOnlySpan<float> weights, SignalScratch scratch, Span<float> scores)
    {
        var (used, only) = (0, 0);
        for (var signal = 0; signal < weights.Length; signal++)
        {
            if (weights[signal] > 0)
                (used, only) = (used + 1, signal);
        }
        if (used == 1) // its sums alone fit a smaller cache
            Signals[only].Add(history, weights[only], scratch, scores);
        else if (used > 1)
            _views.Add(_rows, history.Steps, scratch.Lanes, _shares.Inverses.Span, weights, scores);
    }

    public void AddEach(in HistoryView history, SignalScratch scratch, ReadOnlySpan<float[]> columns)
    {
        if (columns.Length == 1)
            Signals[0].Add(history, 1, scratch, columns[0]);
        else
            _views.AddEach(_rows, history.Steps, scratch.Lanes, _shares.Inverses.Span, columns);
    }

    public IPart With(ItemShares shares) => new MatrixPart(_rows, shares, _looks);

    public void Write(ArtifactWriter writer, string prefix) => writer.Write(prefix, _rows);

    /// <summary>A view as a signal.</summary>
    private sealed record Look(string Name, View View, float PriorWeight, bool IsRecency);
}
