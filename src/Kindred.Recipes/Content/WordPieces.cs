using System.Globalization;
using System.Text;

namespace Kindred.Recipes.Content;

/// <summary>
/// Splits text into the pieces of a BERT vocabulary: words and punctuation, then for each word the longest known beginning, again and again
/// (Devlin et al., BERT, 2019; Schuster, Nakajima, 2012).
/// </summary>
internal sealed class WordPieces
{
    private const int MaxWordLength = 100;
    private const string Continuation = "##";

    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);
    private readonly int _unknown;
    private readonly bool _isLowerCase;

    private WordPieces(IEnumerable<string> pieces, string source)
    {
        foreach (var piece in pieces)
            _pieces.TryAdd(piece.Trim(), _pieces.Count);
        (First, Last, _unknown) = (Require("[CLS]", source), Require("[SEP]", source), Require("[UNK]", source));
        // A vocabulary without capitals was made from text without them.
        _isLowerCase = !_pieces.Keys.Any(piece => piece.Length > 0 && piece[0] != '[' && piece.Any(char.IsUpper));
    }

    /// <summary>Number of pieces; their ids are 0..Count-1.</summary>
    public int Count => _pieces.Count;

    /// <summary>Id of the piece that every text begins with.</summary>
    public int First { get; }

    /// <summary>Id of the piece that every text ends with.</summary>
    public int Last { get; }

    /// <summary>Reads a <c>vocab.txt</c>: one piece per line, the line is its id.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or it is no vocabulary.</exception>
    public static WordPieces Read(string path)
    {
        try
        {
            return new WordPieces(File.ReadLines(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not InvalidDataException)
        {
            throw new InvalidDataException($"The vocabulary '{path}' of the text encoder cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Ids of a text's pieces between <see cref="First"/> and <see cref="Last"/>, cut to <paramref name="most"/> in all.</summary>
    public List<long> Encode(string text, int most)
    {
        var ids = new List<long> { First };
        foreach (var word in Words(text))
        {
            if (ids.Count >= most - 1)
                break;
            Add(word, ids);
        }
        if (ids.Count > most - 1)
            ids.RemoveRange(most - 1, ids.Count - (most - 1));
        ids.Add(Last);
        return ids;
    }

    private void Add(string word, List<long> ids)
    {
        var (before, start) = (ids.Count, 0);
        while (start < word.Length && word.Length <= MaxWordLength)
        {
            var end = word.Length;
            int id;
            while (!_pieces.TryGetValue(start == 0 ? word[..end] : Continuation + word[start..end], out id))
            {
                if (--end == start)
                    break;
            }
            if (end == start)
                break;
            ids.Add(id);
            start = end;
        }
        if (start == word.Length)
            return;
        ids.RemoveRange(before, ids.Count - before);
        ids.Add(_unknown);
    }

    private List<string> Words(string text)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        foreach (var rune in (_isLowerCase ? text.ToLowerInvariant().Normalize(NormalizationForm.FormD) : text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (_isLowerCase && category is UnicodeCategory.NonSpacingMark)
                continue;
            var standsAlone = Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) || rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2FA1F);
            if (standsAlone || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                Flush();
            if (standsAlone)
                words.Add(rune.ToString());
            else if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                word.Append(rune);
        }
        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    private int Require(string piece, string source) => _pieces.TryGetValue(piece, out var id)
        ? id
        : throw new InvalidDataException($"The vocabulary '{source}' of the text encoder has no piece {piece}; the vocab.txt of a BERT model was expected.");
}
