using System.Collections.Frozen;
using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Schemas;

/// <summary>Names of reserved columns. They may not appear as values.</summary>
internal static class ReservedNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names =
        ColumnNames.All.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> value) => Names.Contains(value);
}
