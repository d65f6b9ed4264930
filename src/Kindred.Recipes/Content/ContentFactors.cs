using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary>Collaborative vectors of items, and those that what the items are predicts.</summary>
/// <param name="Collaborative">From interactions.</param>
/// <param name="Queries">From metadata: how an item of a history is looked at, row-major, shape [items, Dimension].</param>
/// <param name="Targets">From metadata: how an item is recommended, same shape.</param>
/// <param name="Dimension">Dimensions.</param>
/// <param name="IsAligned">Interactions said which attributes matter; otherwise items are alike when their metadata is.</param>
internal sealed record ContentFactors(CollaborativeFactors Collaborative, float[] Queries, float[] Targets, int Dimension, bool IsAligned)
{
    // Below this many items with interactions a regression has nothing to stand on.
    private const int LeastItems = 20;
    private const int CertainUsers = 2;

    /// <param name="data">Interactions and items.</param>
    /// <param name="options">How vectors are made.</param>
    /// <param name="run">Seed, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">There is no metadata of items.</exception>
    public static ContentFactors Learn(TrainingSet data, ContentOptions options, TrainingRun run)
    {
        var table = data.Items ?? throw new ArgumentException("Content vectors need metadata of items.", nameof(data));
        run.Report(0, "reading item metadata");
        var features = ContentFeatures.Of(table, options, run);
        run.Report(0.4, "factorising interactions");
        var collaborative = CollaborativeFactors.Of(data.Interactions, options.Dimension, run);
        run.Report(0.6, "aligning metadata with interactions");
        var known = Enumerable.Range(0, features.ItemCount).Where(item => collaborative.Users[item] >= CertainUsers)
            .OrderByDescending(item => collaborative.Users[item]).ThenBy(item => item).ToArray();
        if (known.Length >= LeastItems && collaborative.Dimension > 0)
        {
            var aligned = Align(features, known, collaborative, run);
            run.Report(1, "done");
            if (aligned is not null)
                return aligned;
        }
        var plain = Plain(features, options.Dimension, run);
        run.Report(1, "done");
        return plain with { Collaborative = collaborative };
    }

    /// <summary>Queries and targets in one regression: they have the same features. Null when metadata predicts nothing.</summary>
    private static ContentFactors? Align(ContentFeatures features, int[] known, CollaborativeFactors collaborative, TrainingRun run)
    {
        var dimension = collaborative.Dimension;
        var both = Side(collaborative.Targets, collaborative.Queries, dimension);
        var predicted = MetadataAlignment.Predict(features, known, both, 2 * dimension, dimension, run, out var alignment);
        if (!(alignment.LeaveOneOutError < 1))
            return null;
        var (targets, queries) = (new float[features.ItemCount * dimension], new float[features.ItemCount * dimension]);
        for (var item = 0; item < features.ItemCount; item++)
        {
            predicted.AsSpan(item * 2 * dimension, dimension).CopyTo(targets.AsSpan(item * dimension));
            predicted.AsSpan((item * 2 + 1) * dimension, dimension).CopyTo(queries.AsSpan(item * dimension));
        }
        return new ContentFactors(collaborative, queries, targets, dimension, IsAligned: true);
    }

    private static float[] Side(float[] left, float[] right, int width)
    {
        var both = new float[checked(left.Length * 2)];
        for (var row = 0; row < left.Length / width; row++)
        {
            left.AsSpan(row * width, width).CopyTo(both.AsSpan(2 * row * width));
            right.AsSpan(row * width, width).CopyTo(both.AsSpan((2 * row + 1) * width));
        }
        return both;
    }

    /// <summary>Without interactions: attributes projected on their singular vectors beside the texts, each of length 1.</summary>
    private static ContentFactors Plain(ContentFeatures features, int dimension, TrainingRun run)
    {
        var svd = TruncatedSvd.Of(features.Attributes, dimension, run.Seed, run.Threads, run.CancellationToken);
        var attributes = features.Attributes.Multiply(svd.Right, Math.Max(1, svd.Rank), run.Threads, run.CancellationToken);
        var width = Math.Max(1, svd.Rank) + features.TextDimension;
        var vectors = new float[checked(features.ItemCount * width)];
        for (var item = 0; item < features.ItemCount; item++)
        {
            var row = vectors.AsSpan(item * width, width);
            attributes.AsSpan(item * Math.Max(1, svd.Rank), svd.Rank).CopyTo(row);
            Unit.Normalize(row[..svd.Rank]);
            features.Texts.AsSpan(item * features.TextDimension, features.TextDimension).CopyTo(row[Math.Max(1, svd.Rank)..]);
            Unit.Normalize(row);
        }
        return new ContentFactors(new CollaborativeFactors([], [], new int[features.ItemCount], 0), vectors, vectors, width, IsAligned: false);
    }
}
