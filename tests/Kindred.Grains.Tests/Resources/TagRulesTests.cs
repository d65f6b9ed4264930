using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Tests.Resources;

public sealed class TagRulesTests
{
    [Fact]
    public void Check_GoodTags_AreKept() => Assert.Equal(2, TagRules.Check([Tag("team", "Größe_.:/=+-@ 1"), Tag("Team", "")]).Count);

    [Theory]
    [InlineData("aws:name", "x")]
    [InlineData("AWS:name", "x")]
    [InlineData("a<b", "x")]
    [InlineData("a", "x\ny")]
    public void Check_ABadTag_IsRefused(string key, string value) =>
        Assert.Equal(RefusalCode.InvalidInput, Refusal(() => TagRules.Check([Tag(key, value)])).Code);

    [Fact]
    public void Check_AKeyTwice_IsRefused() =>
        Assert.Contains("'a'", Refusal(() => TagRules.Check([Tag("a", "1"), Tag("a", "2")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_FiftyOneTags_AreTooMany() => Assert.Equal(RefusalCode.TooManyTags, Refusal(() => TagRules.Check(Many(51))).Code);

    [Fact]
    public void Merge_ReplacesByKeyAndCountsTheResult()
    {
        var merged = TagRules.Merge([Tag("a", "1"), Tag("b", "1")], [Tag("b", "2"), Tag("c", "2")]);

        Assert.Equal([("a", "1"), ("b", "2"), ("c", "2")], merged.Select(tag => (tag.TagKey, tag.TagValue)));
        Assert.Equal(50, TagRules.Merge(Many(50), [Tag("k0", "new")]).Count);
        Assert.Equal(RefusalCode.TooManyTags, Refusal(() => TagRules.Merge(Many(50), [Tag("one more", "")])).Code);
    }

    [Fact]
    public void Remove_TakesKeysAwayAndCountsThem()
    {
        Assert.Equal(["k1"], TagRules.Remove(Many(2), ["k0", "absent"]).Select(tag => tag.TagKey));
        Assert.Equal(RefusalCode.TooManyTagKeys, Refusal(() => TagRules.Remove([], [.. Many(51).Select(tag => tag.TagKey)])).Code);
    }

    private static Tag Tag(string key, string value) => new() { TagKey = key, TagValue = value };

    private static Tag[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => Tag($"k{i}", ""))];

    private static RefusedException Refusal(Action check) => Assert.Throws<RefusedException>(check);
}
