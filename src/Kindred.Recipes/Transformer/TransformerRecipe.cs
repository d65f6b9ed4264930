using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Transformer;

/// <summary>Next-item recommendation by a causal transformer alone.</summary>
internal sealed class TransformerRecipe(RecipeDescription description) : IUpdatableRecipe
{
    public RecipeDescription Description { get; } = description;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run) => Train(data, settings, run, start: null);

    public ITrainedModel Extend(ITrainedModel measured, TrainingSet data, RecipeSettings settings, TrainingRun run) =>
        Train(data, settings, run, (measured as TransformerModel)?.Transformer);

    public ITrainedModel Update(ITrainedModel serving, TrainingSet data, RecipeSettings settings, TrainingRun run) =>
        Train(data, settings, run, ((TransformerModel)serving).Transformer?.Remapped(CodeMap.Between(serving, data.Interactions)));

    public ITrainedModel Open(ModelArtifact artifact) => new TransformerModel(Description, artifact);

    public static TransformerOptions OptionsOf(RecipeSettings settings) => new()
    {
        HiddenDimension = settings.Integer("hidden_dimension"),
        Blocks = settings.Integer("blocks"),
        Heads = settings.Integer("heads"),
        Dropout = settings.Float("dropout"),
        MaxLength = settings.Integer("max_length"),
        Negatives = settings.Integer("negatives"),
        LearningRate = settings.Float("learning_rate"),
        Epochs = settings.Integer("epochs"),
        UsesTimeGaps = settings.Boolean("use_time_gaps"),
    };

    private TransformerModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run, SequenceTransformer? start)
    {
        var log = data.Interactions;
        run.Report(0, "counting users");
        var shares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        var hasSteps = Enumerable.Range(0, log.UserIds.Count).Any(user => StepBuffer.CountOf(log, user) > 1);
        return new TransformerModel(Description, log, hasSteps ? SequenceTransformer.Train(data, OptionsOf(settings), run, start) : null, shares);
    }
}
