using Kindred.Contracts.Access;

namespace Kindred.Portal.Components.Pages.Keys;

/// <summary>What keys are usually for, and the scopes that this needs.</summary>
/// <param name="IsPublishable">It stands in pages that everybody can read: it works only from the origins that are named.</param>
public sealed record KeyPreset(string Name, string Text, AccessScopes Scopes, bool IsPublishable = false)
{
    public static IReadOnlyList<KeyPreset> All { get; } =
    [
        new("Backend", "Your server asks for recommendations and sends events.", AccessScopes.Recommend | AccessScopes.Events | AccessScopes.Records),
        new("Browser", "A page does so itself. Anybody can read this key; it works from your origins only.",
            AccessScopes.Recommend | AccessScopes.Events, IsPublishable: true),
        new("Data loader", "A job uploads files and imports them.",
            AccessScopes.Objects | AccessScopes.Records | AccessScopes.Control | AccessScopes.Read),
        new("Read only", "A dashboard looks at what there is.", AccessScopes.Read),
        new("Automation", "Scripts make and change everything but keys.",
            AccessScopes.Control | AccessScopes.Recommend | AccessScopes.Events | AccessScopes.Records | AccessScopes.Objects | AccessScopes.Read),
    ];
}
