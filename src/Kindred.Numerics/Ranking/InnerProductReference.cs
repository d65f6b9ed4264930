namespace Kindred.Numerics.Ranking;

/// <summary>Twin of <see cref="ItemBlocks"/> in double: scores every item.</summary>
public static class InnerProductReference
{
    /// <summary>Inner product of the query with each row.</summary>
    public static double[] Scores(float[] rows, float[] query)
    {
        var scores = new double[rows.Length / query.Length];
        for (var i = 0; i < rows.Length; i++)
            scores[i / query.Length] += (double)rows[i] * query[i % query.Length];
        return scores;
    }
}
