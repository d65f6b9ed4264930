using System.Numerics.Tensors;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary>What items are, as numbers: sparse attributes, dense texts and a constant 1, each block of length 1.</summary>
internal sealed class ContentFeatures
{
    private const int TextsPerBlock = 64;

    private ContentFeatures(FeatureMatrix attributes, float[] texts, int textDimension) =>
        (Attributes, Texts, TextDimension) = (attributes, texts, textDimension);

    public FeatureMatrix Attributes { get; }

    /// <summary>Row-major, shape [items, TextDimension].</summary>
    public float[] Texts { get; }

    public int TextDimension { get; }
    public int ItemCount => Attributes.RowCount;

    /// <summary>Attributes, texts and the constant.</summary>
    public int Width => Attributes.ColumnCount + TextDimension + 1;

    public static ContentFeatures Of(AttributeTable table, ContentOptions options, TrainingRun run)
    {
        var attributes = AttributeFeatures.Of(table, options.MaxAttributes, run.CancellationToken);
        var texts = JoinedTexts(table);
        if (texts.All(text => text is null))
            return new ContentFeatures(attributes, [], 0);
        var encoder = options.TextEncoder ?? TextEncoders.Own ?? HashedTextEncoder.Learn(texts, options.TextDimension, run);
        return new ContentFeatures(attributes, Encode(encoder, texts, run), encoder.Dimension);
    }

    /// <summary>All texts of each item as one; null = none.</summary>
    public static string?[] JoinedTexts(AttributeTable table) =>
    [
        .. Enumerable.Range(0, table.RowCount).Select(row =>
            table.Texts.Select(column => column.Values[row]).OfType<string>().ToArray() is { Length: > 0 } texts ? string.Join('\n', texts) : null),
    ];

    /// <summary>Vectors of all texts, on all threads of the run.</summary>
    public static float[] Encode(ITextEncoder encoder, string?[] texts, TrainingRun run)
    {
        var vectors = new float[checked(texts.Length * encoder.Dimension)];
        Kindred.Numerics.Threading.Workers.ForBlocks(texts.Length, TextsPerBlock, run.Threads, (_, from, to) => encoder.Encode(
            texts.AsSpan(from, to - from), vectors.AsSpan(from * encoder.Dimension, (to - from) * encoder.Dimension), run.CancellationToken),
            run.CancellationToken);
        return vectors;
    }

    /// <summary>Writes an item's features.</summary>
    /// <param name="item">Item code.</param>
    /// <param name="textScale">Length of the block of texts beside that of the attributes.</param>
    /// <param name="row">Overwritten, shape [Width].</param>
    public void Write(int item, float textScale, Span<float> row)
    {
        row.Clear();
        for (var i = Attributes.Starts[item]; i < Attributes.Starts[item + 1]; i++)
            row[Attributes.Columns[i]] = Attributes.Values[i];
        TensorPrimitives.Multiply(Texts.AsSpan(item * TextDimension, TextDimension), textScale, row.Slice(Attributes.ColumnCount, TextDimension));
        row[^1] = 1;
    }
}
