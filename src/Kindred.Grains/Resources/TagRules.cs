using System.Text.RegularExpressions;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Resources;

/// <summary>Which tags a resource may have.</summary>
internal static partial class TagRules
{
    public const int MaxTags = 50;

    /// <exception cref="RefusedException">A tag breaks a rule, or there are too many.</exception>
    public static IReadOnlyList<Tag> Check(IReadOnlyList<Tag>? tags)
    {
        if (tags is null or { Count: 0 }) return [];
        if (tags.Count > MaxTags)
            throw new RefusedException(RefusalCode.TooManyTags, $"A resource can have at most {MaxTags} tags; {tags.Count} were given.");

        var faults = new Faults();
        foreach (var tag in tags)
        {
            faults.Require(Allowed().IsMatch(tag.TagKey),
                $"The tag key '{tag.TagKey}' has characters other than letters, digits, spaces and _ . : / = + - @.");
            faults.Require(Allowed().IsMatch(tag.TagValue),
                $"The value '{tag.TagValue}' of tag '{tag.TagKey}' has characters other than letters, digits, spaces and _ . : / = + - @.");
            faults.Require(!tag.TagKey.StartsWith("aws:", StringComparison.OrdinalIgnoreCase),
                $"The tag key '{tag.TagKey}' starts with 'aws:', which is reserved.");
        }
        foreach (var twice in tags.GroupBy(tag => tag.TagKey).Where(group => group.Count() > 1))
            faults.Add($"The tag key '{twice.Key}' is given {twice.Count()} times; keys must be unique.");
        faults.ThrowIfAny();
        return tags.ToArray();
    }

    /// <summary>The tags after <paramref name="added"/> were put over <paramref name="current"/>.</summary>
    public static IReadOnlyList<Tag> Merge(IReadOnlyList<Tag> current, IReadOnlyList<Tag> added)
    {
        var replaced = Check(added).Select(tag => tag.TagKey).ToHashSet();
        var merged = current.Where(tag => !replaced.Contains(tag.TagKey)).Concat(added).ToArray();
        return merged.Length <= MaxTags
            ? merged
            : throw new RefusedException(RefusalCode.TooManyTags, $"A resource can have at most {MaxTags} tags; it would have {merged.Length}.");
    }

    public static IReadOnlyList<Tag> Remove(IReadOnlyList<Tag> current, IReadOnlyList<string> keys) =>
        keys.Count <= MaxTags
            ? current.Where(tag => !keys.Contains(tag.TagKey)).ToArray()
            : throw new RefusedException(RefusalCode.TooManyTagKeys, $"At most {MaxTags} tag keys can be removed at once; {keys.Count} were given.");

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
