using System.IO.Compression;

namespace Kindred.Files.Csv;

/// <summary>Opens a file that may be compressed. What it holds is told by its first bytes, not by its name.</summary>
public static class CsvFile
{
    /// <summary>Opens a file or pipe for reading once.</summary>
    /// <exception cref="CsvException">It cannot be read, is empty, or is of a kind that holds no CSV.</exception>
    public static Stream Open(string path)
    {
        return Unpack(OpenFile(path), path);
    }

    /// <summary>The text in a stream that may be compressed. The stream belongs to the result, or is disposed.</summary>
    /// <param name="file">Read from where it stands, without seeking.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="CsvException">It is empty, or of a kind that holds no CSV.</exception>
    public static Stream Unpack(Stream file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            // Not by seeking back: the file may be a pipe.
            var start = new byte[4];
            var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (length == 0)
                throw new CsvException($"'{path}' is empty; a CSV file with a header line was expected.");
            ThrowIfNotText(path, start.AsSpan(0, length));
            var whole = new PrefixedStream(start.AsMemory(0, length), file);
            return start is [0x1f, 0x8b, ..] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw new CsvException($"'{path}' is a folder; a CSV file was expected.");
        if (!File.Exists(path))
            throw new CsvException($"There is no file '{path}'.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CsvException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void ThrowIfNotText(string path, ReadOnlySpan<byte> start)
    {
        var kind = start switch
        {
            [0x50, 0x4b, 0x03, 0x04] => "a zip archive",
            [0x28, 0xb5, 0x2f, 0xfd] => "a zstd file",
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1'] => "a Parquet file",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "a bzip2 file",
            [0xfd, (byte)'7', (byte)'z', (byte)'X'] => "an xz file",
            [0xff, 0xfe, ..] or [0xfe, 0xff, ..] => "UTF-16 text",
            _ => null,
        };
        if (kind is not null)
            throw new CsvException($"'{path}' is {kind}; CSV in UTF-8, plain or gzip, was expected.");
    }
}
