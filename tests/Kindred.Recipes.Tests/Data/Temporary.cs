namespace Kindred.Recipes.Tests.Data;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class Temporary : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kindred-recipes-").FullName;

    public string this[string file] => Path.Combine(Folder, file);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
