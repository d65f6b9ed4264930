using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Next-item recommendation by sequence statistics, item-kNN and popularity, blended in log-probability space with weights chosen on
/// held-out users of the same data. Serves user personalisation and personalised ranking, which differ in whether an item that the
/// user has already met may be the right answer.
/// </summary>
internal sealed class PersonalizationRecipe(RecipeDescription description) : IRecipe
{
    private const int DefaultMaxLag = 20;

    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick, TrainingEffort.Full];

    private bool MayRepeat => Description.RecipeType == RecipeTypes.PersonalizedRanking;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "holding out validation users");
        var filtered = HistoryLengths.Filter(log, settings);
        var statistics = new SequenceStatistics(MaxLag: settings.Has("bptt") ? Math.Min(DefaultMaxLag, settings.Integer("bptt")) : DefaultMaxLag);
        var blend = ChooseBlend(filtered, statistics, UsesRecency(settings), run);
        var mixture = Mixture.Train(filtered, statistics, blend, run.Part(0.6, 1));
        return new PersonalizationModel(Description, log, mixture, blend);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new PersonalizationModel(Description, artifact);

    private Blend ChooseBlend(InteractionLog log, SequenceStatistics statistics, bool usesRecency, TrainingRun run)
    {
        var slice = ValidationSlice.Of(log, MayRepeat, run.Seed);
        var mixture = Mixture.Train(slice.Training, statistics, null, run.Part(0.05, 0.4));
        run.Report(0.4, "scoring validation users");
        var pool = CandidatePool.Build(mixture, slice, MayRepeat, run);
        run.Report(0.5, "choosing the blend");
        return BlendSearch.Find(pool, usesRecency, run);
    }

    private static bool UsesRecency(RecipeSettings settings) =>
        settings.Boolean(settings.Has("recency_mask") ? "recency_mask" : "apply_recency_bias");
}
