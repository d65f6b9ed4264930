using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Schemas;

/// <summary>
/// Which schema may take the place of another while there are data: everything that was said of a column stays true, and a column that is new
/// has no values yet. Pure functions.
/// </summary>
public static class SchemaChange
{
    /// <exception cref="RefusedException">InvalidInput: the schema does not fit the data that there are; the message lists every fault.</exception>
    public static void Check(ParsedSchema current, ParsedSchema next)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(next);
        var faults = new List<string>();
        foreach (var field in current.Fields)
        {
            if (next.Find(field.Name) is not { } kept) faults.Add($"The field {field.Name} is missing; every field of the dataset's schema must stay.");
            else if (kept != field) faults.Add($"The field {field.Name} is {Shown(kept)}; it must stay as it is: {Shown(field)}.");
        }
        foreach (var field in next.Fields)
        {
            if (current.Find(field.Name) is null && !field.Nullable)
                faults.Add($"The field {field.Name} is new and must allow null: the rows that there are have no value for it.");
        }
        if (faults.Count > 0) throw SchemaFaults.Refusal(faults);
    }

    private static string Shown(SchemaField field)
    {
        string?[] words =
        [
            field.Categorical ? "categorical" : null, field.Textual ? "textual" : null, field.ItemName ? "itemName" : null,
            field.Type.ToString().ToLowerInvariant(), field.Nullable ? "or null" : null,
        ];
        return string.Join(' ', words.OfType<string>());
    }
}
