namespace Kindred.Api.Proxies;

/// <summary>An address that a client may have signed.</summary>
/// <param name="Host">As it stands in <c>Host</c>; null = as the request has it.</param>
/// <param name="Prefix">What a proxy took off the path; begins with a slash, or is empty.</param>
internal readonly record struct SignedAddress(string? Host, string Prefix)
{
    public static SignedAddress AsReceived { get; } = new(null, "");
}
