using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;

namespace Kindred.Recipes.Training;

/// <summary>A model of nine users in ten, and what the others say of it.</summary>
/// <param name="Recipe">As ordered, or as chosen.</param>
/// <param name="Settings">As ordered, or as found by a search.</param>
/// <param name="Model">Owned by the holder of this record; null where the recipe measures itself.</param>
/// <param name="Metrics">The service's metrics.</param>
/// <param name="Before">Time that an earlier process spent on it.</param>
internal sealed record MeasuredModel(
    IRecipe Recipe, RecipeSettings Settings, ITrainedModel? Model, IReadOnlyDictionary<string, MetricEstimate> Metrics, TimeSpan Before) : IDisposable
{
    /// <summary>What popularity alone reaches with the same users, by the same metrics; null where the recipe is not for users.</summary>
    public IReadOnlyDictionary<string, MetricEstimate>? Popularity { get; init; }

    public void Dispose() => Model?.Dispose();
}
