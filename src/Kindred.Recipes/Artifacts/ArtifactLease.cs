using System.Runtime.InteropServices;

namespace Kindred.Recipes.Artifacts;

/// <summary>Holds a mapped artifact open until disposed. The default value holds nothing.</summary>
public readonly ref struct ArtifactLease
{
    private readonly SafeHandle? _handle;

    internal ArtifactLease(SafeHandle? handle) => _handle = handle;

    public void Dispose() => _handle?.DangerousRelease();
}
