namespace Kindred.Recipes.Transformer;

/// <summary>What randomness is for: decisions of different parts never share a generator.</summary>
internal static class RandomParts
{
    public const int Weights = -1;
    public const int Plan = -2;
    public const int Validation = -3;
    public const int IdDropout = -4;

    public const int Newcomers = -5;

    /// <summary>Added to the part of a micro-batch.</summary>
    public const int Attributes = 1 << 21;

    /// <summary>Added to the part of a micro-batch.</summary>
    public const int Contexts = 1 << 22;

    /// <summary>Added to the part of a micro-batch.</summary>
    public const int Dropout = 1 << 20;

    /// <summary>Of a micro-batch of a step.</summary>
    public static int Batch(int lane, int batch) => lane * 1024 + batch;
}
