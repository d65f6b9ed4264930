using System.Globalization;

namespace Kindred.Serving.Tests.Filters;

/// <summary>Writes expressions of the filter language as tokens, whatever they mean.</summary>
internal sealed class FilterGrammar(Random random)
{
    private static readonly string[] Datasets = ["Interactions", "Items", "Users", "Actions", "Action_Interactions", "items", "ITEMS"];
    private static readonly string[] Fields = ["EVENT_TYPE", "CATEGORY", "PRICE", "CREATION_TIMESTAMP", "AGE", "ITEM_ID", "category", "NO_SUCH"];
    private static readonly string[] Comparisons = ["=", "!=", "<>", "<", "<=", ">", ">="];
    private static readonly string[] Texts = ["\"Comedy\"", "\"\"", "\"*\"", "\"say \\\"hello\\\"\"", "\"é 😀\"", "\"a|b\"", "\" IN (\"", "\"\\\\\""];
    private static readonly string[] Numbers = ["0", "1", "-2", "+3.5", "1e3", "1E-3", ".5", "007", "99999999999999999999"];

    /// <summary>Every word, symbol and value that expressions are made of, and some that they are not.</summary>
    public static string[] Pieces { get; } =
    [
        .. Datasets, .. Fields, .. Comparisons, .. Texts, .. Numbers, "INCLUDE", "EXCLUDE", "ItemID", "UserID", "ActionID", "WHERE", "AND", "OR", "NOT", "IN",
        "IF", "CurrentUser", "CurrentItem", "(", ")", ",", ".", "|", "$", "$NAME", "*", "\"", "'x'", "\\", "\0", "\u2028", "~", "1e999", "-", "é",
    ];

    /// <returns>The tokens of an expression that follows the grammar.</returns>
    public List<string> Expression()
    {
        List<string> tokens = [];
        for (var clauses = random.Next(1, 4); clauses > 0; clauses--)
        {
            if (tokens.Count > 0) tokens.Add("|");
            tokens.AddRange([Pick("INCLUDE", "EXCLUDE", "include"), Pick("ItemID", "UserID", "ActionID", "itemid"), "WHERE"]);
            Conditions(tokens, Pick(Datasets), depth: 0);
            if (random.Next(4) > 0) continue;
            tokens.Add("IF");
            Test(tokens, "CurrentUser");
            if (random.Next(2) == 0) continue;
            tokens.Add("AND");
            Test(tokens, "CurrentUser");
        }
        return tokens;
    }

    /// <summary>Takes some tokens out, puts others in, doubles some and swaps some.</summary>
    public void Damage(List<string> tokens)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(tokens.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < tokens.Count:
                    tokens.RemoveRange(at, Math.Min(random.Next(1, 4), tokens.Count - at));
                    break;
                case 1 when at < tokens.Count:
                    tokens[at] = Pick(Pieces);
                    break;
                case 2 when tokens.Count > 1:
                    var (from, to) = (random.Next(tokens.Count), random.Next(tokens.Count));
                    (tokens[from], tokens[to]) = (tokens[to], tokens[from]);
                    break;
                default:
                    tokens.InsertRange(at, random.Next(2) == 0 ? [.. tokens.Take(random.Next(12))] : [Pick(Pieces)]);
                    break;
            }
        }
    }

    /// <returns>The tokens with or without spaces between them, where either is the same.</returns>
    public string Text(List<string> tokens) => string.Concat(tokens.SelectMany((token, i) => new[]
    {
        i > 0 && (random.Next(3) > 0 || NeedsSpace(tokens[i - 1], token)) ? Pick(" ", "  ", "\n", "\t") : "", token,
    }));

    private static bool NeedsSpace(string before, string after) => before.Length > 0 && after.Length > 0
        && (IsWord(before[^1]) && IsWord(after[0]) || before[^1] is '<' or '>' or '!' && after[0] is '=' or '>');

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private void Conditions(List<string> tokens, string dataset, int depth)
    {
        for (var tests = random.Next(1, 4); tests > 0; tests--)
        {
            if (depth < 3 && random.Next(5) == 0)
            {
                tokens.Add("(");
                Conditions(tokens, dataset, depth + 1);
                tokens.Add(")");
            }
            else
            {
                Test(tokens, dataset);
            }
            if (tests > 1) tokens.Add(Pick("AND", "OR", "and"));
        }
    }

    private void Test(List<string> tokens, string dataset)
    {
        tokens.AddRange([dataset, ".", Pick(Fields)]);
        if (random.Next(2) == 0)
        {
            tokens.Add(Pick(Comparisons));
            if (random.Next(6) == 0) tokens.AddRange(["(", $"$P{random.Next(3).ToString(CultureInfo.InvariantCulture)}", ")"]);
            else Operand(tokens);
            return;
        }
        if (random.Next(3) == 0) tokens.Add("NOT");
        tokens.Add("IN");
        if (random.Next(6) == 0)
        {
            tokens.AddRange(["CurrentItem", ".", Pick(Fields)]);
            return;
        }
        tokens.Add("(");
        for (var values = random.Next(1, 5); values > 0; values--)
        {
            Operand(tokens);
            if (values > 1) tokens.Add(",");
        }
        tokens.Add(")");
    }

    private void Operand(List<string> tokens)
    {
        switch (random.Next(5))
        {
            case 0: tokens.Add($"$P{random.Next(3).ToString(CultureInfo.InvariantCulture)}"); break;
            case 1: tokens.AddRange(["CurrentItem", ".", Pick(Fields)]); break;
            case 2: tokens.Add(Pick(Numbers)); break;
            default: tokens.Add(Pick(Texts)); break;
        }
    }

    private string Pick(params string[] among) => among[random.Next(among.Length)];
}
