using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Datasets;

namespace Kindred.Storage.Schemas;

/// <summary>The rules that a schema must keep to describe a dataset of a given type.</summary>
internal static class SchemaRules
{
    public static void Check(ParsedSchema schema, string datasetType, string? domain)
    {
        ArgumentNullException.ThrowIfNull(datasetType);
        var kind = DatasetKinds.Find(datasetType) ?? throw new RefusedException(
            RefusalCode.InvalidInput,
            $"The dataset type '{datasetType}' is unknown; it must be Interactions, Items, Users, Actions or Action_Interactions.");
        if (domain is not (null or ColumnRules.Ecommerce or ColumnRules.VideoOnDemand))
            throw new RefusedException(
                RefusalCode.InvalidInput, $"The domain '{domain}' is unknown; it must be ECOMMERCE, VIDEO_ON_DEMAND or absent.");

        var faults = Faults(schema, kind, kind.Columns(domain)).ToList();
        if (domain is not null && kind.IsCustomOnly)
            faults.Add($"A dataset group of the domain {domain} has no {kind.Label} dataset; make a group without a domain for actions.");
        if (faults.Count > 0) throw SchemaFaults.Refusal(faults);
    }

    private static IEnumerable<string> Faults(ParsedSchema schema, DatasetKind type, IReadOnlyList<ColumnRule> columns)
    {
        if (!NameFits(schema.Name, type.Label))
            yield return $"The schema's name is '{schema.Name}'; for this dataset type it must be '{type.Label}'.";

        foreach (var column in columns)
        {
            if (schema.Find(column.Name) is { } field)
            {
                if (column.FaultOf(field) is { } fault) yield return fault;
            }
            else if (column.Required)
            {
                yield return $"The required field {column.Name} is missing.";
            }
        }

        // Everything but the columns that say who, what and when is metadata; only the caller's own columns count towards the maximum.
        var metadata = schema.Fields.Where(field => !IsIdentity(field.Name)).ToList();
        if (type.NeedsMetadata && metadata.Count == 0) yield return "The schema needs at least one metadata field besides the id.";

        var reserved = columns.Select(c => c.Name).ToHashSet();
        var own = metadata.Count(f => !reserved.Contains(f.Name));
        if (own > type.MaxMetadata) yield return $"The schema has {own} metadata fields; {type.Label} may have at most {type.MaxMetadata}.";

        var textual = schema.Fields.Where(f => f.Textual).Select(f => f.Name).ToList();
        if (textual.Count > 0 && !type.TextAllowed)
            yield return $"The field {string.Join(", ", textual)} is textual; only an Items dataset may have a textual field.";
        if (textual.Count > 1 && type.TextAllowed)
            yield return $"The fields {string.Join(", ", textual)} are textual; an Items dataset may have only one.";

        var itemNames = schema.Fields.Where(f => f.ItemName).Select(f => f.Name).ToList();
        if (itemNames.Count > 0 && !type.TextAllowed)
            yield return $"The field {string.Join(", ", itemNames)} is an itemName; only an Items dataset may have one.";
        if (itemNames.Count > 1) yield return $"The fields {string.Join(", ", itemNames)} are itemName; there may be only one.";
    }

    private static bool IsIdentity(string column) => column
        is ColumnNames.UserId or ColumnNames.ItemId or ColumnNames.ActionId or ColumnNames.Timestamp or ColumnNames.EventType;

    // Clients write Action_Interactions as well as ActionInteractions, and any case.
    private static bool NameFits(string name, string expected) =>
        string.Equals(name.Replace("_", "", StringComparison.Ordinal), expected, StringComparison.OrdinalIgnoreCase);
}
