using System.Globalization;
using System.Text.Json;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>The checkpoint between measuring a model and extending it to all users.</summary>
internal sealed class MeasuredCheckpoint
{
    private const string Name = "measured";
    private const string ModelName = "measured-model";
    private readonly CheckpointFolder _folder;
    private readonly string _fingerprint;
    private readonly IRecipe? _ordered;
    private readonly ItemObjective? _objective;

    private MeasuredCheckpoint(CheckpointFolder folder, string fingerprint, IRecipe? ordered, ItemObjective? objective) =>
        (_folder, _fingerprint, _ordered, _objective) = (folder, fingerprint, ordered, objective);

    /// <returns>Null when the training keeps no checkpoints.</returns>
    public static MeasuredCheckpoint? For(SolutionTraining training, InteractionLog log) =>
        training.Checkpoints is { } folder ? new(folder, TrainingFingerprint.Of(training, log), training.Recipe, training.Settings?.Objective) : null;

    public MeasuredModel? TryOpen()
    {
        using var facts = _folder.TryOpen(Name, _fingerprint);
        if (facts is null || !facts.Metadata.ContainsKey("estimates") || (_ordered ?? RecipeCatalog.Implementation(facts.Metadata["trained"])) is not { } recipe
            || _folder.TryOpenModel(ModelName, recipe) is not { } model)
            return null;
        return new MeasuredModel(
            recipe,
            RecipeSettings.Defaults(recipe.Description).With(Read<string>(facts, "settings")).With(_objective),
            model,
            Read<MetricEstimate>(facts, "estimates"),
            TimeSpan.FromSeconds(double.Parse(facts.Metadata["seconds"], CultureInfo.InvariantCulture)))
        {
            Popularity = facts.Metadata.ContainsKey("popularity") ? Read<MetricEstimate>(facts, "popularity") : null,
        };
    }

    /// <param name="measured">With a model.</param>
    public void Save(MeasuredModel measured, CancellationToken cancellationToken)
    {
        _folder.SaveModel(ModelName, measured.Model!, cancellationToken);
        // Last: where the facts are, the model is whole.
        var facts = new ArtifactWriter("solution-training")
            .Fact("trained", measured.Recipe.Description.Name)
            .Fact("settings", JsonSerializer.Serialize(measured.Settings.Values))
            .Fact("estimates", JsonSerializer.Serialize(measured.Metrics))
            .Fact("seconds", measured.Before.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        if (measured.Popularity is { } popularity) facts.Fact("popularity", JsonSerializer.Serialize(popularity));
        _folder.Save(Name, _fingerprint, facts, cancellationToken);
    }

    private static Dictionary<string, T> Read<T>(ModelArtifact facts, string name) =>
        JsonSerializer.Deserialize<Dictionary<string, T>>(facts.Metadata[name])!;
}
