using System.Diagnostics;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;

namespace Kindred.Contracts.Tests.Protocol;

public sealed class ValuePatternTests
{
    [Theory]
    [InlineData(@"[A-Za-z\d_]+", "a9_", true)]
    [InlineData(@"[A-Za-z\d_]+", "a٣", false)] // a digit, but not an ASCII one
    [InlineData(@"rate\(\d+ days?\)", "rate(7 days)", true)]
    [InlineData(@"rate\(\d+ days?\)", "rate(7 days) ", false)]
    [InlineData(@"^[a-z]*$", "abc\n", false)]
    [InlineData(@"\p{ASCII}{0,1500}", "plain", true)]
    [InlineData(@"\p{ASCII}{0,1500}", "é", false)]
    [InlineData(@"a|b", "ab", false)]
    public void Matches_TheWholeValueAndAsciiClassesOnly(string pattern, string value, bool expected) =>
        Assert.Equal(expected, new ValuePattern(pattern).Matches(value));

    [Fact]
    public void Matches_EveryPatternOnAHostileMegabyte_IsQuick()
    {
        var patterns = ContractOperations.All.SelectMany(o => Patterns(o.Input)).DistinctBy(p => p.Text).ToList();
        string[] hostile =
        [
            new('a', 1 << 20),
            "arn:aws:personalize:" + new string(':', 1 << 20),
            new string('/', 1 << 20) + "\n",
            "s3://" + new string('x', 1 << 20) + "\n",
        ];
        var watch = Stopwatch.StartNew();

        foreach (var pattern in patterns)
        {
            foreach (var value in hostile) pattern.Matches(value);
        }

        Assert.True(patterns.Count >= 10, $"{patterns.Count} patterns");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    private static IEnumerable<ValuePattern> Patterns(ShapeRule shape) => shape switch
    {
        StructureRule structure => structure.Members.SelectMany(m => Patterns(m.Shape)),
        ListRule list => Patterns(list.Element),
        MapRule map => Patterns(map.Key).Concat(Patterns(map.Value)),
        TextRule { Pattern: { } pattern } => [pattern],
        _ => [],
    };
}
