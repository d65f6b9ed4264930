using System.Text.RegularExpressions;
using Kindred.Contracts.Access;

namespace Kindred.Api.Browsers;

/// <summary>Origins of web pages, as browsers spell them in <c>Origin</c>: scheme, host and port, without a path.</summary>
internal static partial class Origins
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";

    /// <summary>What a key may do that is handed to everybody who opens a page.</summary>
    public const AccessScopes Scopes = AccessScopes.Recommend | AccessScopes.Events | AccessScopes.Records;

    public const int MostPerKey = 20;
    public const int MaxLength = 256;

    public static bool Allow(IReadOnlyCollection<string> allowed, string origin) => allowed.Contains(Any) || allowed.Contains(origin);

    /// <returns>What is wrong with an origin that a key is to allow, or null.</returns>
    public static string? Fault(string? origin) => origin is Any || (origin is { Length: <= MaxLength } && Form().IsMatch(origin))
        ? null
        : $"'{origin}' is not an origin; expected such as https://shop.example or http://localhost:3000, in lower case and without a path, or *.";

    // The standard ports are left out by browsers; an origin that names one would never be met.
    [GeneratedRegex(@"^(?!http://[^/]*:80\z|https://[^/]*:443\z)[a-z][a-z0-9+.-]*://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?\z")]
    private static partial Regex Form();
}
