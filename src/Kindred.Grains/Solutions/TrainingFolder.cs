using Kindred.Recipes.Checkpoints;
using Kindred.Storage.Artifacts;

namespace Kindred.Grains.Solutions;

/// <summary>What the trainings of one solution version keep for the next attempt.</summary>
internal sealed class TrainingFolder(ArtifactFolder folder)
{
    /// <summary>The data that the trainings share.</summary>
    public string DataFile => Path.Combine(folder.Path, "data.kindred");

    /// <summary>Forgets data and checkpoints.</summary>
    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)) File.Delete(file);
    }

    public CheckpointFolder Checkpoints => new(Path.Combine(folder.Path, "checkpoints"));
}
