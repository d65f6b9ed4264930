using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Tuning;

/// <summary>A recipe for the planted shop that knows the next item, spoiled by as much noise as its settings are away from the right ones.</summary>
internal sealed class DialRecipe(double rightDial = 0.7, int rightNumber = 12, string rightWord = "b", TimeSpan? takes = null) : IRecipe
{
    private int _trainings;

    public int Trainings => _trainings;

    public RecipeDescription Description { get; } = new()
    {
        Name = "dial",
        RecipeType = RecipeTypes.UserPersonalization,
        Description = "For tests.",
        AlgorithmName = "dial",
        FeatureTransformationName = "dial",
        HyperParameters =
        [
            HyperParameter.Float("dial", HyperParameterKind.Algorithm, "0.1", 0, 1, tunable: true),
            HyperParameter.Integer("number", HyperParameterKind.Algorithm, 2, 0, 20, tunable: true),
            HyperParameter.Category("word", HyperParameterKind.Algorithm, "a", "a", "b", "c") with { IsTunable = true },
            HyperParameter.Integer("fixed", HyperParameterKind.Algorithm, 1, 0, 5, tunable: false),
        ],
    };

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        Interlocked.Increment(ref _trainings);
        if (takes is { } time && run.CancellationToken.WaitHandle.WaitOne(time))
            run.CancellationToken.ThrowIfCancellationRequested();
        return new DialModel(Description, data.Interactions, DistanceOf(settings));
    }

    public double DistanceOf(RecipeSettings settings) =>
        Math.Abs(settings.Float("dial") - rightDial) + Math.Abs(settings.Integer("number") - rightNumber) / 20.0
            + (settings.Text("word") == rightWord ? 0 : 0.4);

    public ITrainedModel Open(ModelArtifact artifact) => throw new NotSupportedException();

    private sealed class DialModel(RecipeDescription recipe, InteractionLog log, double noise)
        : TrainedModel(recipe, log, "dial", new float[log.ItemIds.Count])
    {
        private readonly int[] _next = [.. Enumerable.Range(0, log.ItemIds.Count).Select(item => NextOf(log.ItemIds, item))];

        protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
        {
            var newest = query.History[^1].Item;
            var state = (uint)(newest + 1000 * query.History.Length);
            for (var item = 0; item < scores.Length; item++)
            {
                state = state * 1664525 + 1013904223;
                scores[item] = (_next[newest] == item ? 1 : 0) + (float)(8 * noise * (state / (double)uint.MaxValue));
            }
            return default;
        }

        private static int NextOf(IdTable items, int item)
        {
            var name = items[item];
            return name != PlantedShop.Hit
                && items.TryFind(PlantedShop.Item(PlantedShop.AisleOf(name), int.Parse(name[(name.IndexOf('-') + 1)..]) + 1), out var next)
                    ? next
                    : -1;
        }
    }
}
