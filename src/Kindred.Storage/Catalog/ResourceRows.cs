using Kindred.Contracts.Catalog;
using Kindred.Storage.State;
using Microsoft.Data.Sqlite;

namespace Kindred.Storage.Catalog;

/// <summary>Rows of the state table, grain key and payload, as entries of a list.</summary>
internal static class ResourceRows
{
    private static readonly StateSerializer Serializer = new();

    public static IReadOnlyList<CatalogEntry<TState>> Read<TState>(SqliteCommand query)
    {
        var entries = new List<CatalogEntry<TState>>();
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var state = Serializer.Deserialize<TState>(new BinaryData(reader.GetFieldValue<byte[]>(1)));
            entries.Add(new CatalogEntry<TState>(GrainKeyText.FromStored(reader.GetString(0)), state));
        }

        return entries;
    }
}
