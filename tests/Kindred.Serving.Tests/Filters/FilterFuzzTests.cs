using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Filters;
using Kindred.Serving.Tests.World;
using Kindred.Storage.Schemas;
using Kindred.Testing.Fuzzing;

namespace Kindred.Serving.Tests.Filters;

/// <summary>Expressions out of the grammar are read, and whatever is made of them is read or refused with the place of its fault.</summary>
public sealed class FilterFuzzTests
{
    private const int Inputs = 500_000;

    private static readonly Dictionary<string, ParsedSchema> Schemas = new()
    {
        [DatasetTypes.Items] = ParsedSchema.Parse(ServingWorld.ItemSchema), [DatasetTypes.Users] = ParsedSchema.Parse(ServingWorld.UserSchema),
        [DatasetTypes.Interactions] = ParsedSchema.Parse(ServingWorld.InteractionSchema),
    };

    private static readonly Dictionary<string, string>[] Values =
    [
        [], new() { ["P0"] = "1" }, new() { ["P0"] = "\"a\",\"b\"", ["P1"] = "-2.5", ["P2"] = "\"*\"" }, new() { ["P1"] = "\"" }, new() { ["P2"] = "1," },
        new() { ["P0"] = "", ["P1"] = "x", ["P2"] = "\"\\" }, new() { ["NAME"] = "1e999" },
    ];

    [Fact]
    public void TryParse_DamagedExpressions_AreReadOrRefusedWithTheirPlace()
    {
        foreach (var seed in FuzzRuns.Seeds(Inputs))
        {
            var random = new Random(seed);
            var grammar = new FilterGrammar(random);
            var tokens = grammar.Expression();
            var isWhole = seed % 4 == 0;
            if (!isWhole) grammar.Damage(tokens);
            var text = grammar.Text(tokens);
            if (seed % 16 == 1 && text.Length > 0)
                text = text.Insert(random.Next(text.Length), ((char)random.Next(1, 0x3000)).ToString()); // also in the middle of a word
            try
            {
                Try(text, isWhole, random);
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {text}\n{failure}");
            }
        }
    }

    private static void Try(string text, bool isWhole, Random random)
    {
        if (!FilterParser.TryParse(text, out var expression, out var fault))
        {
            Assert.False(isWhole && text.Length <= FilterParser.MaxLength, fault.ToString());
            Assert.InRange(fault.Column, 1, text.Length + 1);
            Assert.NotEmpty(fault.Message);
            return;
        }
        // A clause is the same wherever it stands, and says so with its own words.
        foreach (var clause in expression.Clauses)
        {
            Assert.True(FilterParser.TryParse(clause.Text, out var alone, out _));
            Assert.Equal((clause.Action, clause.Subject, clause.Text), (alone.Clauses[0].Action, alone.Clauses[0].Subject, alone.Clauses[0].Text));
            Assert.Equal(clause.Tests.Count(), alone.Clauses[0].Tests.Count());
        }
        Assert.All(FilterRules.Check(expression, type => Schemas.GetValueOrDefault(type)), found => Assert.InRange(found.Column, 1, text.Length + 1));
        try
        {
            BoundFilter.Of(expression, Values[random.Next(Values.Length)], new RequestedSubject("u", random.Next(2) == 0 ? "i" : null));
        }
        catch (RefusedException refused)
        {
            Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        }
    }
}
