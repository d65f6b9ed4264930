using Kindred.Recipes.Catalog;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Personalization.Parts;
using Kindred.Recipes.Training;
using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Tuning;

/// <summary>What a training will take, from the size of the data: measured costs per unit of work, scaled by how fast this machine is.</summary>
public static class TrainingQuotes
{
    private const double FixedSeconds = 0.05;
    private const double FixedBytes = 64e6;
    private const double LogBytes = 18; // per interaction
    private const double CountingBytes = 24; // per interaction: steps, positions by item, different items of users
    private const double MaxEntries = 12e6; // of an item-to-item matrix

    /// <summary>Quotes one training on all of the data, without measuring the model afterwards.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="settings">Its hyperparameters.</param>
    /// <param name="shape">The size of the data.</param>
    /// <param name="effort">How far up the ladder.</param>
    /// <param name="threads">Threads that compute.</param>
    public static TrainingQuote Of(IRecipe recipe, RecipeSettings settings, DataShape shape, TrainingEffort effort, int threads)
    {
        var parallel = Math.Max(1, Math.Min(threads, Environment.ProcessorCount));
        var work = recipe is PersonalizationRecipe
            ? Ensemble(recipe.Description, settings, shape, effort, parallel)
            : recipe is TransformerRecipe ? Transformer(TransformerRecipe.OptionsOf(settings), shape, parallel) : Single(recipe.Description, shape);
        var log = FixedBytes + LogBytes * shape.Interactions + 60.0 * (shape.Items + shape.Users);
        return new TrainingQuote(
            TimeSpan.FromSeconds(FixedSeconds + MachineSpeed.Slowness * work.CpuSeconds / parallel),
            (long)(log + work.Bytes));
    }

    private static Work Single(RecipeDescription recipe, DataShape shape) => recipe.Name switch
    {
        "kindred-ease" => Part("ease", shape),
        "kindred-ials" => Part("ials", shape),
        "kindred-session-knn" => Part("sessions", shape),
        "kindred-sequence-statistics" => Part("sequence", shape),
        _ when recipe.RecipeType is RecipeTypes.PopularItems || recipe.Name == "kindred-recent-popularity" =>
            new Work(0.05e-6 * shape.Interactions, 8.0 * shape.Items),
        _ => Part("neighbours", shape),
    };

    // Members once for the validation and once on everything, apart from the transformer; then the validation itself.
    private static Work Ensemble(RecipeDescription recipe, RecipeSettings settings, DataShape shape, TrainingEffort effort, int threads)
    {
        var options = EnsembleOptions.Of(recipe, settings);
        var (seconds, bytes) = (0.0, 0.0);
        var members = KnownParts.All.Where(kind =>
            (effort is TrainingEffort.Full || kind.IsCounted) && kind.IsAffordable(shape) && !options.Without.Contains(kind.Key)).ToList();
        foreach (var kind in members)
        {
            var work = kind.IsTrainedOnce ? Transformer(KnownParts.TransformerOptionsOf(options), shape, threads) : Part(kind.Key, shape);
            seconds += kind.IsTrainedOnce ? work.CpuSeconds : 2 * work.CpuSeconds;
            bytes += work.Bytes;
        }
        var users = Math.Min(shape.Users, ValidationSlice.MostCases(shape.Interactions, ValidationSlice.UsersFor(shape.Interactions)));
        seconds += users * (members.Count * (60e-6 + 3e-9 * shape.Items) + 1e-3) + (effort is TrainingEffort.Full ? 2e-3 * users : 0);
        return new Work(seconds, bytes + 600.0 * members.Count * users + 12.0 * members.Count * threads * shape.Items);
    }

    private static Work Transformer(TransformerOptions options, DataShape shape, int threads)
    {
        var quote = SequenceTransformer.Quote(options, shape.Interactions, (int)shape.Items, threads);
        return new Work(quote.Duration.TotalSeconds * threads, quote.PeakBytes - LogBytes * shape.Interactions);
    }

    /// <summary>Processor time and memory of one member, measured on ML-1M and RetailRocket.</summary>
    private static Work Part(string key, DataShape shape)
    {
        var items = (double)shape.Items;
        var matrix = 8 * Math.Min(MaxEntries, 300 * items);
        return key switch
        {
            "sequence" => new Work(0.7e-6 * shape.Interactions, CountingBytes * shape.Interactions + 2 * matrix),
            "neighbours" => new Work(1.2e-9 * shape.Pairs + 0.1e-6 * shape.Interactions, CountingBytes * shape.Interactions + 2 * matrix),
            "baskets" => new Work(0.3e-6 * shape.Interactions, 28.0 * shape.Interactions),
            "recent" => new Work(0.15e-6 * shape.Interactions + 0.1, 8.0 * Math.Min(4e6, 128 * items)),
            "sessions" => new Work(1e-6 * shape.Interactions + 2, CountingBytes * shape.Interactions),
            "ials" =>
                new Work(
                    12 * (0.25e-6 * shape.Interactions + 8e-6 * (shape.Users + items)),
                    12.0 * shape.Interactions + 256 * (shape.Users + items)),
            "ease" => new Work(1e-9 * shape.Pairs + 1.2e-11 * Math.Pow(Math.Min(items, 20_000), 3), 12 * Math.Pow(Math.Min(items, 20_000), 2)),
            _ => new Work(2e-6 * shape.Interactions + 20e-6 * items, 600 * items),
        };
    }

    private readonly record struct Work(double CpuSeconds, double Bytes);
}
