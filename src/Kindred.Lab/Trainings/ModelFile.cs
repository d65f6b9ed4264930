using Kindred.Files;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Histories;
using Kindred.Recipes.Interactions;

namespace Kindred.Lab.Trainings;

/// <summary>A model as <c>train</c> writes it: the recipe's artifact, and in the same file the histories of the users it was trained on.</summary>
internal sealed class ModelFile : IDisposable
{
    private const string Prefix = "lab.histories";

    private ModelFile(ModelArtifact artifact, ITrainedModel model, IUserHistories histories) =>
        (Artifact, Model, Histories) = (artifact, model, histories);

    /// <summary>Owned by the model; lease it to keep the ids of its tables readable.</summary>
    public ModelArtifact Artifact { get; }

    public ITrainedModel Model { get; }
    public IUserHistories Histories { get; }

    /// <summary>Writes a model; the file is whole or absent, and replaces an older one at once.</summary>
    /// <returns>Its size in bytes.</returns>
    public static long Publish(string path, ITrainedModel model, InteractionLog log, CancellationToken cancellationToken) =>
        DurableFile.WriteAllAtomic(path, stream => model.Save(stream, writer => new LogHistories(log).Write(writer, Prefix)), cancellationToken);

    /// <exception cref="LabException">There is no such file, or it was not written by <c>train</c>.</exception>
    public static ModelFile Open(string path)
    {
        var artifact = OpenArtifact(path);
        try
        {
            return new ModelFile(artifact, RecipeOf(path, artifact).Open(artifact), new ArtifactHistories(artifact, Prefix));
        }
        catch
        {
            artifact.Dispose();
            throw;
        }
    }

    /// <summary>The recipe that trained a model.</summary>
    /// <exception cref="LabException">There is no such file, or its recipe is not known.</exception>
    public static IRecipe RecipeOf(string path)
    {
        using var artifact = OpenArtifact(path);
        return RecipeOf(path, artifact);
    }

    private static ModelArtifact OpenArtifact(string path) =>
        File.Exists(path) ? ModelArtifact.Open(path) : throw new LabException($"There is no file '{path}'.");

    private static IRecipe RecipeOf(string path, ModelArtifact artifact) => RecipeCatalog.Implementation(artifact.Recipe)
        ?? throw new LabException($"'{path}' is a model of the recipe '{artifact.Recipe}', which this program does not know.");

    /// <summary>Makes sure that the log to be built knows every item of the model, also those that nobody has met.</summary>
    public void InternItems(InteractionLogBuilder builder)
    {
        using var lease = Artifact.Lease();
        for (var item = Model.MetItems; item < Model.Items.Count; item++)
            builder.InternItem(Model.Items.Bytes(item));
    }

    public void Dispose() => Model.Dispose();
}
