using Kindred.Files;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Checkpoints;

/// <summary>
/// Where a training keeps what it must not compute again after a crash: one artifact per name, replaced atomically. A checkpoint only
/// counts for the training that wrote it, which its fingerprint (data, settings, seed) tells.
/// </summary>
/// <param name="path">The folder; created with the first checkpoint.</param>
public sealed class CheckpointFolder(string path)
{
    private const string FingerprintKey = "fingerprint";

    /// <summary>A folder below this one, for a part of the training whose checkpoints must not be taken for those of another.</summary>
    public CheckpointFolder Part(string name) => new(Path.Combine(path, name));

    /// <summary>Opens the checkpoint of that name, or gives null where there is none, it is damaged, or another training wrote it.</summary>
    public ModelArtifact? TryOpen(string name, string fingerprint)
    {
        try
        {
            var artifact = ModelArtifact.Open(FileOf(name));
            if (artifact.Metadata.GetValueOrDefault(FingerprintKey) == fingerprint)
                return artifact;
            artifact.Dispose();
        }
        catch (Exception e) when (e is IOException or ModelArtifactException)
        {
            // No checkpoint to go on from: the training begins anew, which is always right.
        }
        return null;
    }

    /// <summary>Replaces the checkpoint of that name.</summary>
    public void Save(string name, string fingerprint, ArtifactWriter writer, CancellationToken cancellationToken)
    {
        DurableFile.WriteAllAtomic(FileOf(name), writer.Fact(FingerprintKey, fingerprint).Save, cancellationToken);
    }

    /// <summary>
    /// Opens the model of that name, or gives null where there is none, it is damaged, or of another recipe. It has no fingerprint of its
    /// own.
    /// </summary>
    public ITrainedModel? TryOpenModel(string name, IRecipe recipe)
    {
        ModelArtifact? artifact = null;
        try
        {
            return recipe.Open(artifact = ModelArtifact.Open(FileOf(name)));
        }
        catch (Exception e) when (e is IOException or ModelArtifactException)
        {
            artifact?.Dispose();
            return null;
        }
    }

    /// <summary>Replaces the model of that name.</summary>
    public void SaveModel(string name, ITrainedModel model, CancellationToken cancellationToken)
    {
        DurableFile.WriteAllAtomic(FileOf(name), model.Save, cancellationToken);
    }

    /// <summary>Removes every checkpoint: the training is over.</summary>
    public void Delete()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private string FileOf(string name) => Path.Combine(path, name + ".checkpoint");
}
