using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Neighbours;

/// <summary>Session-based nearest neighbours (V-SKNN: Ludewig and Jannach, UMUAI 2018).</summary>
internal sealed class SessionNeighboursRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        run.Report(0, "counting users");
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(data.Interactions));
        var options = new SessionNeighboursOptions(
            settings.Integer("neighbours"), settings.Integer("sessions_per_item"), settings.Integer("history_length"), settings.Float("decay"),
            RarityPower: settings.Float("rarity_power"),
            DistancePower: settings.Float("distance_power"), Backward: settings.Float("backward_weight"));
        run.Report(0.1, "choosing how to compare sessions");
        if (settings.Boolean("choose_on_validation"))
            options = SessionNeighboursSearch.Choose(data, options, run.Part(0.1, 0.7));
        var sessions = SessionNeighbours.Train(data, options, run.Part(0.7, 1));
        run.Report(1, "done");
        return new SessionNeighboursModel(Description, data.Interactions, logShares, sessions);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new SessionNeighboursModel(Description, artifact);
}
