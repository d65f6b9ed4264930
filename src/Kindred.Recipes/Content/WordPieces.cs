using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Kindred.Recipes.Content;

/// <summary>
/// Splits text into the pieces of a BERT vocabulary: words and punctuation, then for each word the longest known beginning, again and again
/// (Devlin et al., BERT, 2019; Schuster, Nakajima, 2012).
/// </summary>
/// <remarks>In a process without ICU (InvariantGlobalization, as ours) an uncased vocabulary meets words with their accents.</remarks>
internal sealed partial class WordPieces
{
    private const string FirstPiece = "[CLS]";
    private const string LastPiece = "[SEP]";
    private const string UnknownPiece = "[UNK]";

    private readonly BertTokenizer _tokenizer;

    private WordPieces(BertTokenizer tokenizer, int count) => (_tokenizer, Count) = (tokenizer, count);

    /// <summary>Number of pieces; their ids are 0..Count-1.</summary>
    public int Count { get; }

    /// <summary>Id of the piece that every text begins with.</summary>
    public int First => _tokenizer.ClassificationTokenId;

    /// <summary>Id of the piece that every text ends with.</summary>
    public int Last => _tokenizer.SeparatorTokenId;

    /// <summary>Reads a <c>vocab.txt</c>: one piece per line, the line is its id.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or it is no vocabulary.</exception>
    public static WordPieces Read(string path)
    {
        try
        {
            var pieces = File.ReadAllLines(path);
            foreach (var needed in (ReadOnlySpan<string>)[FirstPiece, LastPiece, UnknownPiece])
            {
                if (!pieces.Contains(needed))
                    throw new InvalidDataException(
                        $"The vocabulary '{path}' of the text encoder has no piece {needed}; the vocab.txt of a BERT model was expected.");
            }
            using var vocabulary = File.OpenRead(path);
            return new WordPieces(BertTokenizer.Create(vocabulary, OptionsFor(pieces)), pieces.Length);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The vocabulary '{path}' of the text encoder is none: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not InvalidDataException)
        {
            throw new InvalidDataException($"The vocabulary '{path}' of the text encoder cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Ids of a text's pieces between <see cref="First"/> and <see cref="Last"/>, cut to <paramref name="most"/> in all.</summary>
    public long[] Encode(string text, int most) =>
        [.. _tokenizer.EncodeToIds(Clean(text), most, addSpecialTokens: true, out _, out _)];

    private static string Clean(string text) => Unseen().Replace(text, static match => match.ValueSpan is "\t" or "\n" or "\r" ? " " : "");

    private static BertOptions OptionsFor(string[] pieces)
    {
        // A vocabulary without capitals was made from text without them.
        var isLowerCase = !pieces.Any(piece => piece.Length > 0 && piece[0] != '[' && piece.Any(char.IsUpper));
        return new BertOptions
        {
            ClassificationToken = FirstPiece,
            SeparatorToken = LastPiece,
            UnknownToken = UnknownPiece,
            // Pieces of BERT's own training, which no text here needs: a vocabulary may lack them.
            PaddingToken = pieces.Contains("[PAD]") ? "[PAD]" : UnknownPiece,
            MaskingToken = pieces.Contains("[MASK]") ? "[MASK]" : UnknownPiece,
            LowerCaseBeforeTokenization = isLowerCase,
            RemoveNonSpacingMarks = isLowerCase,
            IndividuallyTokenizeCjk = true,
            PreTokenizer = new RegexPreTokenizer(Words(), null),
        };
    }

    // BERT's tokenization.py takes these for punctuation; the library's own rule drops the symbols and keeps the underline in a word.
    [GeneratedRegex(@"[^\s\p{P}$+<=>^`|~]+|[\p{P}$+<=>^`|~]")]
    private static partial Regex Words();

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\uFFFD]")]
    private static partial Regex Unseen();
}
