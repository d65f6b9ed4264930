namespace Kindred.Recipes.Tuning;

/// <summary>Whether one way of recommending is better than another, user by user: most of the noise is the same for both and drops out.</summary>
internal static class PairedDifference
{
    /// <summary>Mean difference over its standard error; 0 when there is no difference at all.</summary>
    public static double InStandardErrors(ReadOnlySpan<float> gains, ReadOnlySpan<float> others)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < gains.Length; i++)
        {
            double difference = gains[i] - others[i];
            sum += difference;
            squares += difference * difference;
        }
        if (squares == 0)
            return 0;
        var mean = sum / gains.Length;
        return mean / Math.Sqrt(Math.Max(squares / gains.Length - mean * mean, squares / gains.Length * 1e-6) / gains.Length);
    }
}
