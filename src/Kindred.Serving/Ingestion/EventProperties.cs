using System.Text.Json;

namespace Kindred.Serving.Ingestion;

/// <summary>The <c>properties</c> of an event: a JSON object, encoded as a string.</summary>
internal static class EventProperties
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <returns>The document, whose names and strings can all be read, or null after adding the fault.</returns>
    public static JsonDocument? TryParse(string properties, string place, List<string> faults)
    {
        try
        {
            var document = JsonDocument.Parse(properties, Strict);
            if (Fault(document.RootElement) is not { } fault) return document;
            document.Dispose();
            faults.Add($"{place} {fault}");
        }
        catch (JsonException fault)
        {
            faults.Add($"{place} is not a JSON object: {fault.Message}");
        }
        return null;
    }

    private static string? Fault(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            return $"is a JSON {root.ValueKind.ToString().ToLowerInvariant()}; expected a JSON object, encoded as a string.";
        try
        {
            foreach (var property in root.EnumerateObject())
            {
                _ = property.Name;
                if (property.Value.ValueKind is JsonValueKind.String) _ = property.Value.GetString();
            }
            return null;
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for half of a surrogate pair, as in "\ud800".
            return "holds text that is not valid Unicode.";
        }
    }
}
