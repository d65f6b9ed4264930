using Microsoft.AspNetCore.Http;

namespace Kindred.Identity.Starting;

/// <summary>The address of the start link, as somebody can open it.</summary>
internal static class StartAddress
{
    public const string Path = "/start";
    private const string DefaultAddress = "http://localhost:5080";

    /// <param name="publicUrl">Where clients reach the deployment; null when that is where it listens.</param>
    /// <param name="listening">An address that it listens on, such as <c>http://127.0.0.1:5080</c>.</param>
    public static string Of(Uri? publicUrl, string? listening, string secret) => $"{Of(publicUrl, listening)}{Path}?token={secret}";

    /// <summary>Where the portal is, without a slash behind it.</summary>
    /// <inheritdoc cref="Of(Uri?, string?, string)"/>
    public static string Of(Uri? publicUrl, string? listening)
    {
        if (publicUrl is not null) return publicUrl.AbsoluteUri.TrimEnd('/');
        var binding = BindingAddress.Parse(listening ?? DefaultAddress);
        // Passkeys work for names, not for numbers; and what listens everywhere is reached from here as localhost too.
        var isNumber = binding.Host is "*" or "+" || System.Net.IPAddress.TryParse(binding.Host.Trim('[', ']'), out _);
        return $"{binding.Scheme}://{(isNumber ? "localhost" : binding.Host)}:{binding.Port}";
    }
}
