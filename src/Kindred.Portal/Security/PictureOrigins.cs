using System.Text.RegularExpressions;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Security;

/// <summary>
/// Where pictures of items may come from. Browsers ask such an origin for them and for nothing else; what is not named here is never asked,
/// whatever address a tenant's catalogue holds.
/// </summary>
public sealed partial class PictureOrigins
{
    /// <summary>Most origins: each is in a header of every answer.</summary>
    public const int Most = 20;
    private const int MaxAddress = 2_000;
    private readonly HashSet<string> _origins;

    /// <param name="origins">As <see cref="Normalise"/> returns them.</param>
    /// <exception cref="ArgumentException">One is no origin, or they are too many.</exception>
    public PictureOrigins(IReadOnlyCollection<string> origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        if (origins.Count > Most) throw new ArgumentException($"There are {origins.Count} origins; at most {Most} are allowed.", nameof(origins));
        _origins = [.. origins.Select(origin => Normalise(origin)
            ?? throw new ArgumentException($"'{origin}' is no origin of pictures.", nameof(origins)))];
    }

    /// <summary>For the policy, each behind a space; empty when there are none.</summary>
    public string ForPolicy => string.Concat(_origins.Order(StringComparer.Ordinal).Select(origin => " " + origin));

    /// <returns>Such as <c>https://pictures.example</c>; null for what is no origin, or neither https nor on loopback.</returns>
    public static string? Normalise(string? origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url) || url is not { PathAndQuery: "/", Fragment: "", UserInfo: "" }) return null;
        // It becomes part of a header: nothing but a plain name, an address or a port may be in it.
        var plain = url.GetLeftPart(UriPartial.Authority);
        return IsSafe(url) && OriginForm().IsMatch(plain) ? plain : null;
    }

    /// <summary>The first value of an item that is the address of a picture at one of the origins; null when none is.</summary>
    public string? Find(ItemReading? item) =>
        item is null || _origins.Count == 0 ? null : item.Values.Values.Select(Find).FirstOrDefault(url => url is not null);

    private string? Find(string value) =>
        value.Length <= MaxAddress && Uri.TryCreate(value, UriKind.Absolute, out var url) && IsSafe(url) && url.UserInfo.Length == 0
        && _origins.Contains(url.GetLeftPart(UriPartial.Authority)) ? url.AbsoluteUri : null;

    private static bool IsSafe(Uri url) => url.Scheme is "https" || (url.Scheme is "http" && url.IsLoopback);

    [GeneratedRegex(@"^https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?\z")] private static partial Regex OriginForm();
}
