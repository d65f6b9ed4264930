using System.Numerics.Tensors;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Content;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Orders the items that nobody has met where the blend, which was chosen on items that were met, does without content: by what it says of them
/// and by what they are, half and half. Together they keep the level and the spread that the blend gave them, so nothing else moves.
/// </summary>
internal sealed class UnmetItems
{
    private const int Least = 2;

    /// <summary>Spread of their scores where the blend does not tell them apart: the order counts, the level hardly moves.</summary>
    private const float LeastSpread = 0.01f;

    private readonly int[] _items;
    private readonly ContentVectors _content;

    private UnmetItems(int[] items, ContentVectors content) => (_items, _content) = (items, content);

    /// <summary>Learns what items are; null when nothing is known of items, or nearly all have been met.</summary>
    public static UnmetItems? Train(TrainingSet data, TrainingRun run)
    {
        if (data.Items is not { } known || known.Categories.Count + known.Numbers.Count + known.Texts.Count == 0)
            return null;
        var isMet = new bool[data.Interactions.ItemIds.Count];
        foreach (var item in data.Interactions.Items)
            isMet[item] = true;
        int[] items = [.. Enumerable.Range(0, isMet.Length).Where(item => !isMet[item])];
        return items.Length < Least ? null : new UnmetItems(items, ContentVectors.Train(data, new ContentOptions(), run));
    }

    /// <param name="history">Oldest first.</param>
    /// <param name="scratch">Room for one number per item.</param>
    /// <param name="scores">Of all items, under the blend; those of new items are replaced.</param>
    public void Apply(ReadOnlySpan<HistoryEvent> history, Span<float> scratch, Span<float> scores)
    {
        var content = scratch[.._items.Length];
        _content.Score(history, _items, content);
        var (contentMean, contentSpread) = Moments(content);
        if (!(contentSpread > 0))
            return; // nothing is known of the history's items
        var (sum, squares) = (0.0, 0.0);
        foreach (var item in _items)
            sum += scores[item];
        var mean = sum / _items.Length;
        foreach (var item in _items)
            squares += (scores[item] - mean) * (scores[item] - mean);
        var spread = Math.Sqrt(squares / _items.Length);
        for (var i = 0; i < _items.Length; i++)
            content[i] = (float)((content[i] - contentMean) / contentSpread + (spread > 0 ? (scores[_items[i]] - mean) / spread : 0));
        var (_, both) = Moments(content);
        var factor = both > 0 ? Math.Max(spread, LeastSpread) / both : 0;
        for (var i = 0; i < _items.Length; i++)
            scores[_items[i]] = (float)(mean + factor * content[i]);
    }

    public void Write(ArtifactWriter writer)
    {
        writer.Tensor<int>("new.items", _items);
        _content.Write(writer, "new.content");
    }

    /// <exception cref="ModelArtifactException">Missing, or it does not fit the catalogue.</exception>
    public static UnmetItems Read(ModelArtifact artifact, int itemCount)
    {
        var (items, content) = (artifact.Tensor<int>("new.items").ToArray(), ContentVectors.Read(artifact, "new.content"));
        return content.ItemCount == itemCount && items.Length >= Least && !Array.Exists(items, item => (uint)item >= (uint)itemCount)
            ? new UnmetItems(items, content)
            : throw new ModelArtifactException("What the model artifact says of new items does not fit its catalogue.");
    }

    private static (double Mean, double Spread) Moments(ReadOnlySpan<float> values)
    {
        var mean = (double)TensorPrimitives.Sum(values) / values.Length;
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / values.Length));
    }
}
