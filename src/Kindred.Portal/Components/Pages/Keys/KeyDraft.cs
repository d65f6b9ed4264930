using Kindred.Contracts.Access;

namespace Kindred.Portal.Components.Pages.Keys;

/// <summary>A key as somebody fills it in.</summary>
internal sealed class KeyDraft
{
    public static IReadOnlyList<AccessScopes> Offered { get; } =
    [
        AccessScopes.Recommend, AccessScopes.Events, AccessScopes.Records, AccessScopes.Objects, AccessScopes.Read, AccessScopes.Control,
        AccessScopes.Keys,
    ];

    public string Name { get; set; } = "";
    public KeyPreset Preset { get; private set; } = KeyPreset.All[0];
    public AccessScopes Scopes { get; private set; } = KeyPreset.All[0].Scopes;
    /// <summary>One a line.</summary>
    public string Origins { get; set; } = "";
    /// <summary>After which it ends; 0 for never.</summary>
    public int Days { get; set; }

    public bool IsPublishable => Preset.IsPublishable;

    public bool IsComplete => Scopes is not AccessScopes.None && (!IsPublishable || OriginLines.Length > 0);

    private string[] OriginLines => Origins.Split(['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Take(KeyPreset preset) => (Preset, Scopes) = (preset, preset.Scopes);

    public void Set(AccessScopes scope, bool isGiven) => Scopes = isGiven ? Scopes | scope : Scopes & ~scope;

    public NewAccessKey ToKey(DateTimeOffset now) => new(Scopes)
    {
        Name = Name.Trim() is { Length: > 0 } name ? name : null,
        ExpiresAt = Days > 0 ? now.AddDays(Days) : null,
        AllowedOrigins = IsPublishable ? OriginLines : null,
    };
}
