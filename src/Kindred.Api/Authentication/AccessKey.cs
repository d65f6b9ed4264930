using System.Security.Cryptography;
using System.Text;
using Kindred.Contracts.Access;

namespace Kindred.Api.Authentication;

/// <summary>A key with its secret in the clear, as this process holds it for a short while.</summary>
internal sealed class AccessKey(AccessKeyDescription description, string secret, AccessKeyUse.Moment lastUse)
{
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
    public bool HasSecret(string secret) => CryptographicOperations.FixedTimeEquals(_secret, Encoding.UTF8.GetBytes(secret));

    // A record's or a dump's text must never hold the secret.
    public override string ToString() => Id;
}
