using System.Globalization;

namespace Kindred.Storage.Batches;

/// <summary>Answers to some consecutive lines of one input, whole on disk. Everything that there is to know of it, its name says.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="FirstLine">Number of the first line, from 1.</param>
/// <param name="Lines">Lines that were answered.</param>
/// <param name="Refused">Those whose answer says why there is none.</param>
/// <param name="Digest">Hash of the lines: answers to other ones are of no use.</param>
public sealed record OutputPart(string Path, long FirstLine, int Lines, int Refused, ulong Digest)
{
    private const string Ending = "part";

    internal static string NameOf(ulong source, long firstLine, int lines, int refused, ulong digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{source:x16}.{firstLine:x}.{lines:x}.{refused:x}.{digest:x16}.{Ending}");

    /// <returns>Null for a file of another input, or another name.</returns>
    internal static OutputPart? TryRead(string path, ulong source)
    {
        if (System.IO.Path.GetFileName(path).Split('.') is not [var of, var first, var lines, var refused, var digest, Ending]) return null;
        return TryHex(of, out var known) && known == source && TryHex(first, out var firstLine) && TryHex(lines, out var count)
            && TryHex(refused, out var faulty) && TryHex(digest, out var hash)
                ? new OutputPart(path, (long)firstLine, (int)count, (int)faulty, hash)
                : null;
    }

    private static bool TryHex(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
