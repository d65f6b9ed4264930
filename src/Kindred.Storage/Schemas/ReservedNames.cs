using System.Collections.Frozen;

namespace Kindred.Storage.Schemas;

/// <summary>Names of reserved columns. They may not appear as values.</summary>
internal static class ReservedNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = new[]
    {
        "USER_ID", "ITEM_ID", "ACTION_ID", "TIMESTAMP", "EVENT_TYPE", "EVENT_VALUE", "IMPRESSION", "RECOMMENDATION_ID",
        "EVENT_ATTRIBUTION_SOURCE", "CREATION_TIMESTAMP", "REPEAT_FREQUENCY", "EXPIRATION_TIMESTAMP", "ACTION_EXPIRATION_TIMESTAMP",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> value) => Names.Contains(value);
}
