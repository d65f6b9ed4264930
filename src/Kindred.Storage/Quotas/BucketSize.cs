namespace Kindred.Storage.Quotas;

/// <summary>How many tokens come in a period, in the long run, and how many a bucket holds after a quiet time.</summary>
public readonly record struct BucketSize(int Tokens, int Most)
{
    /// <summary>Twice as many at once as come in a second.</summary>
    public static BucketSize PerSecond(int tokens) => new(tokens, 2 * tokens);
}
