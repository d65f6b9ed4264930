using System.Globalization;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Popularity;

/// <summary>Items by how many different users interacted with them lately, with an exponential decay whose half-life is chosen on the data.</summary>
internal sealed class RecentPopularityRecipe(RecipeDescription description) : IRecipe
{
    private const double SecondsPerDay = 86_400;

    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "choosing the half-life");
        var days = settings.Float("half_life_days");
        var halfLife = days > 0 ? days * SecondsPerDay : HalfLife.Choose(log, run);
        run.Report(0.8, "counting users");
        var shares = HalfLife.Shares(log, DataSpan.Of(log).Last, halfLife, run.CancellationToken);
        var rung = double.IsInfinity(halfLife) ? "popularity"
            : string.Create(CultureInfo.InvariantCulture, $"popularity with a half-life of {halfLife / SecondsPerDay:0.##} days");
        run.Report(1, "done");
        return new PopularityModel(Description, log, [.. shares.Select(share => (float)Math.Log(share))], rung);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new PopularityModel(Description, artifact);
}
