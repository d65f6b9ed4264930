using System.Buffers;
using System.Security.Cryptography;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary>Receives bodies into temporary files. They lie beside the accounts' folders, on one file system with them.</summary>
internal sealed class Uploads(string bucketsFolder)
{
    // No account is called so: accounts are digits.
    private readonly string _folder = Path.Combine(bucketsFolder, ".incoming");

    /// <exception cref="RefusedException">The body has more than <paramref name="maxBytes"/>.</exception>
    public async Task<ReceivedUpload> ReceiveAsync(Stream body, long maxBytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            long size = 0;
            // The buffer is ours, so the stream needs none.
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                int read;
                while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
                {
                    size += read;
                    if (size > maxBytes)
                        throw new RefusedException(
                            RefusalCode.TooLarge, $"The body is larger than {maxBytes} bytes, the most that this deployment takes.");
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
                file.Flush(flushToDisk: true);
            }
            return new ReceivedUpload(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void DeleteInterrupted()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
