using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kindred.Recipes.Content;

/// <summary>
/// Splits text into hashed terms, in any language: runs of letters, marks and digits in lower case are words; ideographs and other
/// letters of scripts that part no words count one by one and in pairs.
/// </summary>
internal static class TextTokens
{
    private const int MaxWordLength = 64;

    /// <summary>Appends the hash of every term of <paramref name="text"/>.</summary>
    public static void Add(ReadOnlySpan<char> text, List<ulong> hashes)
    {
        Span<char> word = stackalloc char[MaxWordLength];
        var (length, before) = (0, 0); // before = the ideograph just before, 0 = none
        while (Rune.DecodeFromUtf16(text, out var rune, out var consumed) is OperationStatus.Done or OperationStatus.InvalidData && consumed > 0)
        {
            text = text[consumed..];
            if (IsUnparted(rune.Value))
            {
                Flush(word, ref length, hashes);
                hashes.Add(Hash([(char)rune.Value, (char)(rune.Value >> 16)]));
                if (before != 0)
                    hashes.Add(Hash([(char)before, (char)(before >> 16), (char)rune.Value, (char)(rune.Value >> 16)]));
                before = rune.Value;
                continue;
            }
            before = 0;
            if (!IsWord(rune))
                Flush(word, ref length, hashes);
            else if (length + 2 <= MaxWordLength)
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(word[length..]);
        }
        Flush(word, ref length, hashes);
    }

    private static void Flush(Span<char> word, ref int length, List<ulong> hashes)
    {
        if (length > 0)
            hashes.Add(Hash(word[..length]));
        length = 0;
    }

    // An apostrophe parts: "children's" is "children" and "s", the latter in so many texts that it weighs nothing.
    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.</summary>
    private static bool IsUnparted(int code) => code is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1000 and <= 0x109F) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>FNV-1a over UTF-16 units, finished so that also its low bits are good.</summary>
    private static ulong Hash(ReadOnlySpan<char> term)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in term)
            hash = (hash ^ unit) * 1099511628211UL;
        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15UL;
    }
}
