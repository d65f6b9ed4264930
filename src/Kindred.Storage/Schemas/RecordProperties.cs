using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Schemas;

/// <summary>The <c>properties</c> of streamed records: a JSON object whose keys are camelCase of the schema's names.</summary>
public static class RecordProperties
{
    /// <summary>Maps a properties document to the schema's columns and checks each value.</summary>
    /// <param name="schema">The dataset's schema.</param>
    /// <param name="identity">The columns whose values come from elsewhere in the request and may not be keys, such as <c>ITEM_ID</c>.</param>
    /// <param name="propertiesJson">The document; null or empty counts as <c>{}</c>.</param>
    /// <returns>One value per column of the schema, spelled as in a CSV; null where there is none.</returns>
    /// <exception cref="RefusedException">It is no JSON object, or a value does not fit; the message lists every fault.</exception>
    public static string?[] Parse(DatasetSchema schema, IReadOnlyCollection<string> identity, string? propertiesJson) => throw new NotSupportedException();

    /// <summary><c>NUMBER_OF_RATINGS</c> as <c>numberOfRatings</c>.</summary>
    public static string KeyFor(string columnName) => throw new NotSupportedException();
}
