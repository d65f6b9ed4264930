using System.Security.Cryptography;
using System.Text;
using Kindred.Contracts.Access;

namespace Kindred.Api.Authentication;

/// <summary>A key with its secret in the clear, as this process holds it for a short while.</summary>
internal sealed class AccessKey(AccessKeyDescription description, string secret, AccessKeyUse.Moment lastUse)
{
    private const int MaxSecretBytes = 256;
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public string Id => description.Id;
    public AccessKeyState State => description.State;

    /// <summary>When the key was accepted last.</summary>
    public AccessKeyUse.Moment LastUse => lastUse;

    /// <summary>Who acts when a request carries this key.</summary>
    public Principal Principal { get; } = Principal.OfAccessKey(
        description.State.Account, description.Id, description.State.Scopes, description.State.ExpiresAt);

    public SigningKeys SigningKeys { get; } = new(secret);

    /// <summary>Compares in a time that does not tell how much of <paramref name="secret"/> is right.</summary>
    public bool HasSecret(ReadOnlySpan<char> secret)
    {
        // One of another length is none, and tells nothing.
        Span<byte> given = stackalloc byte[MaxSecretBytes];
        return Encoding.UTF8.TryGetBytes(secret, given, out var length) && CryptographicOperations.FixedTimeEquals(_secret, given[..length]);
    }

    // A record's or a dump's text must never hold the secret.
    public override string ToString() => Id;
}
