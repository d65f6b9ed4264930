using Kindred.Contracts.Refusals;
using Kindred.Storage.Import;

namespace Kindred.Storage.Tests.Import;

public sealed class ImportRulesTests
{
    private static readonly DataVolume Least = new(1000, 25);

    [Theory]
    [InlineData(99, 1, 0.01)]
    [InlineData(1000, 0, 0)]
    [InlineData(1, 99, 1)]
    public void ThrowIfTooManyRefused_UpToTheShare_Passes(long good, long refused, double share) =>
        ImportRules.ThrowIfTooManyRefused(good, refused, share, "none");

    [Theory]
    [InlineData(98, 2, 0.01, "2 of 100 rows (2 %) were refused; an import may lose 1 %")]
    [InlineData(999_999, 1, 0, "1 of 1000000 rows (0 %) were refused; an import may lose 0 %")]
    [InlineData(1, 2, 0.5, "2 of 3 rows (66.67 %) were refused; an import may lose 50 %")]
    public void ThrowIfTooManyRefused_AboveTheShare_SaysHowManyAndWhy(long good, long refused, double share, string says)
    {
        var refusal = Assert.Throws<RefusedException>(() => ImportRules.ThrowIfTooManyRefused(good, refused, share, "a.csv line 2: TIMESTAMP is ''"));

        Assert.Equal(RefusalCode.InvalidInput, refusal.Code);
        Assert.StartsWith(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a.csv line 2: TIMESTAMP is ''", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 3, 1)] // the first import of a dataset takes nothing away
    [InlineData(999, 400, 3, 1)]
    [InlineData(1000, 25, 1000, 25)]
    [InlineData(1_000_000, 9_000, 1000, 25)]
    public void ThrowIfTooLittleRemains_NothingIsLost_Passes(long interactions, long users, long left, long leftUsers) =>
        ImportRules.ThrowIfTooLittleRemains(new(interactions, users), new(left, leftUsers), Least);

    [Theory]
    [InlineData(1000, 25, 999, 25)]
    [InlineData(1000, 25, 1_000_000, 24)]
    public void ThrowIfTooLittleRemains_WhatTrainedWouldTrainNoMore_Fails(long interactions, long users, long left, long leftUsers) =>
        Assert.Contains(
            $"would leave {left} interactions and {leftUsers} users",
            Assert.Throws<RefusedException>(
                () => ImportRules.ThrowIfTooLittleRemains(new(interactions, users), new(left, leftUsers), Least)).Message,
            StringComparison.Ordinal);
}
