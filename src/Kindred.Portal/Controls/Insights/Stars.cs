using Microsoft.JSInterop;

namespace Kindred.Portal.Controls.Insights;

/// <summary>Which charts somebody has put on the overview of a project; kept in their browser.</summary>
public sealed class Stars(IJSRuntime js)
{
    /// <summary>Only once the page has a circuit.</summary>
    /// <param name="place">The project's address.</param>
    public async Task<HashSet<InsightKind>> ReadAsync(string place)
    {
        var names = await js.InvokeAsync<string[]>("kindred.stars", place);
        return [.. names.Select(name => Enum.TryParse<InsightKind>(name, out var kind) ? kind : (InsightKind?)null).OfType<InsightKind>()];
    }

    public async Task WriteAsync(string place, IEnumerable<InsightKind> kinds) =>
        await js.InvokeVoidAsync("kindred.setStars", place, kinds.Select(kind => kind.ToString()).ToArray());
}
