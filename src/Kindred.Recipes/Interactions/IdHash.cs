using System.IO.Hashing;
using System.Text;

namespace Kindred.Recipes.Interactions;

/// <summary>Ids as UTF-8 and their hash. The hash is stored in artifacts: it never changes.</summary>
internal static class IdHash
{
    /// <summary>Ids up to this many characters are encoded on the stack.</summary>
    public const int StackChars = 256;

    public static int MaxBytes(int chars) => Encoding.UTF8.GetMaxByteCount(chars);

    public static uint Of(ReadOnlySpan<byte> utf8)
    {
        var hash = XxHash3.HashToUInt64(utf8);
        return (uint)(hash ^ (hash >> 32));
    }
}
