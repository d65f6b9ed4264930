using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>A sparse item-to-item matrix and the views through it.</summary>
internal sealed class MatrixPart : IPart
{
    private readonly SparseRows _rows;
    private readonly Func<SparseRows, ItemShares, IReadOnlyList<ISignal>> _look;

    private MatrixPart(SparseRows rows, ItemShares shares, Func<SparseRows, ItemShares, IReadOnlyList<ISignal>> look) =>
        (_rows, _look, Signals) = (rows, look, look(rows, shares));

    public IReadOnlyList<ISignal> Signals { get; }

    /// <summary>Who follows whom: looked at from the last steps, the session and the long run.</summary>
    public static MatrixPart Sequence(SparseRows rows, ItemShares shares) => new(rows, shares, static (rows, shares) =>
    [
        new SparseSignal("last steps", new View(12, 0.5), rows, shares.Inverses, 0.2f, isRecency: true),
        new SparseSignal("session", new View(32, 0.8), rows, shares.Inverses, 0.2f, isRecency: true),
        new SparseSignal("long run", new View(HistoryView.MaxSteps, 0.97), rows, shares.Inverses, 0.2f, isRecency: false),
    ]);

    /// <summary>Who is met by the same users.</summary>
    public static MatrixPart Neighbours(SparseRows rows, ItemShares shares) => new(rows, shares, static (rows, shares) =>
        [new SparseSignal("item-kNN", new View(50, 0.9), rows, shares.Inverses, 0.2f, isRecency: false)]);

    public IPart With(ItemShares shares) => new MatrixPart(_rows, shares, _look);

    public void Write(ArtifactWriter writer, string prefix) => writer.Write(prefix, _rows);
}
