using System.Numerics.Tensors;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>Popularity, as signals need it.</summary>
internal sealed class ItemShares
{
    /// <param name="logShares">Log of each item's share of all users, shape [items].</param>
    public ItemShares(ReadOnlyMemory<float> logShares)
    {
        Logs = logShares;
        var inverses = new float[logShares.Length];
        TensorPrimitives.Negate(logShares.Span, inverses);
        TensorPrimitives.Exp(inverses, inverses);
        Inverses = inverses;
    }

    public int ItemCount => Logs.Length;

    /// <summary>log q, shape [items].</summary>
    public ReadOnlyMemory<float> Logs { get; }

    /// <summary>1/q, shape [items].</summary>
    public ReadOnlyMemory<float> Inverses { get; }
}
