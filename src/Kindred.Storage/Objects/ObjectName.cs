using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary>
/// A bucket and a key that follow the rules. Buckets are named as in S3; a key is stricter than S3's, because it also has
/// to name a file on every file system, and nothing but a file below its bucket.
/// </summary>
internal readonly partial record struct ObjectName
{
    /// <summary>Longest key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;
    /// <summary>Longest part between two slashes, in bytes of UTF-8: what Linux file systems take.</summary>
    public const int MaxSegmentBytes = 255;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ObjectName(string bucket, string key) => (Bucket, Key) = (bucket, key);

    public string Bucket { get; }
    /// <summary>For a folder it ends with a slash, or is empty for the whole bucket.</summary>
    public string Key { get; }

    /// <param name="preface">What the refusal begins with, such as the wording that clients know.</param>
    /// <exception cref="RefusedException">A rule is broken; the sentence says which.</exception>
    public static ObjectName Object(string bucket, string key, string preface = "") => Checked(bucket, key, folder: false, preface);

    /// <param name="folder">A key prefix that ends with a slash, or nothing for the bucket itself.</param>
    /// <inheritdoc cref="Object"/>
    public static ObjectName Folder(string bucket, string folder, string preface = "") => Checked(bucket, folder, folder: true, preface);

    public string Location => $"s3://{Bucket}/{Key}";

    private static ObjectName Checked(string bucket, string key, bool folder, string preface) =>
        Fault(bucket, key, folder) is { } fault ? throw new RefusedException(RefusalCode.InvalidInput, preface + fault) : new(bucket, key);

    private static string? Fault(string? bucket, string? key, bool folder)
    {
        if (bucket is null || !BucketForm().IsMatch(bucket) || LooksLikeAddress().IsMatch(bucket))
            return $"The bucket name '{Shown(bucket)}' is not valid: 3 to 63 lower-case letters, digits, dots and hyphens, "
                + "beginning and ending with a letter or digit, no two dots in a row, and not an IP address.";
        if (folder && key is "") return null;
        if (string.IsNullOrEmpty(key)) return "The key is empty; it must name an object.";
        if (folder && !key.EndsWith('/')) return $"The folder '{Shown(key)}' does not end with a slash.";
        if (!TryCountBytes(key, out var bytes)) return $"The key '{Shown(key)}' is not valid Unicode text.";
        if (bytes > MaxKeyBytes) return $"The key '{Shown(key)}' has {bytes} bytes; at most {MaxKeyBytes} are allowed.";

        var path = folder ? key[..^1] : key;
        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or "." or "..")
                return $"The key '{Shown(key)}' has a part '{segment}' between its slashes; empty parts, '.' and '..' are not allowed.";
            if (segment.Any(c => char.IsControl(c) || c == '\\'))
                return $"The key '{Shown(key)}' holds a control character or a backslash.";
            if (segment.Contains("::", StringComparison.Ordinal))
                return $"The key '{Shown(key)}' holds '::', which names something else than a file on some file systems.";
            if (StrictUtf8.GetByteCount(segment) > MaxSegmentBytes)
                return $"The key '{Shown(key)}' has a part of more than {MaxSegmentBytes} bytes between its slashes.";
        }
        return null;
    }

    private static bool TryCountBytes(string text, out int bytes)
    {
        try
        {
            bytes = StrictUtf8.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = 0;
            return false;
        }
    }

    /// <summary>The name as a message may repeat it: short, and without the characters that made it invalid.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    internal static string? Shown(string? name)
    {
        if (name is null) return null;
        var shown = new string([.. name.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
        return name.Length > 80 ? shown + "…" : shown;
    }

    [GeneratedRegex(@"^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketForm();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeAddress();
}
