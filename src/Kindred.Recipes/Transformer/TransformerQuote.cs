using Kindred.Recipes.Training;

namespace Kindred.Recipes.Transformer;

/// <summary>What a training of the transformer takes, from the size of the data.</summary>
internal static class TransformerQuote
{
    private const double SecondsPerMultiplication = 8.4e-11; // with AVX2, forward and backward: 16 us per position of the default shape
    private const double BytesPerInteraction = 30;
    private const double BytesPerWeight = 36; // weights, two means, the best so far and the gradients of four lanes
    private const double BytesPerSparseWeight = 20;
    private const double FixedBytes = 96e6;

    /// <param name="options">Shape and training.</param>
    /// <param name="interactions">Interactions of the data.</param>
    /// <param name="items">Items of the catalogue.</param>
    /// <param name="threads">Threads that compute.</param>
    public static TrainingQuote Of(TransformerOptions options, long interactions, int items, int threads)
    {
        options = options.For(interactions);
        var epochs = options.Epochs > 0 ? options.Epochs : TransformerTraining.EpochsFor(options, interactions);
        var capped = options with { Negatives = Math.Min(options.Negatives, Math.Max(1, items)) };
        var seconds = SecondsPerMultiplication * TransformerTraining.CostPerToken(capped) * epochs * interactions;
        var parallel = Math.Clamp(Math.Min(threads, Environment.ProcessorCount), 1, TransformerTraining.MaxLanes);
        var weights = (double)items * options.HiddenDimension;
        var perWeight = items >= ItemTable.SparseFrom ? BytesPerSparseWeight : BytesPerWeight;
        return new TrainingQuote(
            TimeSpan.FromSeconds(0.5 + seconds / parallel),
            (long)(FixedBytes + BytesPerInteraction * interactions + perWeight * weights));
    }
}
