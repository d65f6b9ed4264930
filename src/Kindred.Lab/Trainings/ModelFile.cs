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
        ArtifactFile.Publish(path, stream => model.Save(stream, writer => new LogHistories(log).Write(writer, Prefix)), cancellationToken);

    /// <exception cref="LabException">There is no such file, or it was not written by <c>train</c>.</exception>
    public static ModelFile Open(string path)
    {
        if (!File.Exists(path))
            throw new LabException($"There is no file '{path}'.");
        var artifact = ModelArtifact.Open(path);
        try
        {
            var recipe = RecipeCatalog.Implementation(artifact.Recipe)
                ?? throw new LabException($"'{path}' is a model of the recipe '{artifact.Recipe}', which this program does not know.");
            return new ModelFile(artifact, recipe.Open(artifact), new ArtifactHistories(artifact, Prefix));
        }
        catch
        {
            artifact.Dispose();
            throw;
        }
    }

    public void Dispose() => Model.Dispose();
}
