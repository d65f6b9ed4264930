using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary>A body on disk that has no name yet. Disposing it deletes the file, unless it was published under one.</summary>
internal sealed record ReceivedUpload(string Path, long SizeBytes, string Sha256) : IDisposable
{
    /// <exception cref="RefusedException">The body is not the one that the sender hashed.</exception>
    public void CheckAgainst(string? expectedSha256)
    {
        if (expectedSha256 is not null && !string.Equals(expectedSha256, Sha256, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(
                RefusalCode.InvalidInput,
                $"The body has the SHA-256 {Sha256}, but the request announced {ObjectName.Shown(expectedSha256)}. Nothing was stored.");
    }

    public void Dispose() => File.Delete(Path);
}
