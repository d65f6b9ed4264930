namespace Kindred.Recipes.Artifacts;

/// <summary>A file is not a usable model artifact: foreign, cut short, damaged, or of another schema version or recipe.</summary>
public sealed class ModelArtifactException : Exception
{
    public ModelArtifactException() { }
    public ModelArtifactException(string message) : base(message) { }
    public ModelArtifactException(string message, Exception innerException) : base(message, innerException) { }
}
