using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kindred.Portal.Components.Pages.Storefront;

/// <summary>A call as an application would make it, for people to look at.</summary>
/// <param name="Path">Of the API, such as <c>/events</c>.</param>
/// <param name="Body">JSON, made readable.</param>
/// <param name="Result">What came of it, in a word or two.</param>
internal sealed record ApiCall(int Number, string Path, string Body, string Result, TimeSpan Took)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(IReadOnlyDictionary<string, object?> members) =>
        JsonSerializer.Serialize(members.Where(member => member.Value is not null).ToDictionary(), Readable);
}
