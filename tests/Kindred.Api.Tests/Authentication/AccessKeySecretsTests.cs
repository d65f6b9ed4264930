using System.Security.Cryptography;
using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.DataProtection;

namespace Kindred.Api.Tests.Authentication;

/// <summary>A protected secret opens as what it was protected for, and as nothing else.</summary>
public sealed class AccessKeySecretsTests
{
    private const string Id = "KINDREDMINE";

    private static readonly EphemeralDataProtectionProvider Ring = new();
    private readonly AccessKeySecrets _secrets = new(Ring);

    [Fact]
    public void Unprotect_OfItsOwnKey_IsTheSecret() => Assert.Equal("secret", _secrets.Unprotect(Id, Key()));

    [Fact]
    public void Unprotect_OfASecretThatWasCopied_DoesNotOpen()
    {
        var key = Key();

        Assert.Throws<CryptographicException>(() => _secrets.Unprotect("KINDREDOTHER", key));
        Assert.Throws<CryptographicException>(() => _secrets.Unprotect(Id, key with { Account = "222222222222" }));
        Assert.Throws<CryptographicException>(() => _secrets.Unprotect(Id, key with { Scopes = AccessScopes.All }));
    }

    [Fact]
    public void Unprotect_OfAnEarlierReleasesSecret_WaitsUntilItIsBound()
    {
        var old = Key() with { ProtectedSecret = Ring.CreateProtector("Kindred.AccessKeys.v1").Protect("secret") };

        Assert.Throws<CryptographicException>(() => _secrets.Unprotect(Id, old));
        var bound = old with { ProtectedSecret = _secrets.TryBind(Id, old)! };

        Assert.Equal("secret", _secrets.Unprotect(Id, bound));
        Assert.Null(_secrets.TryBind(Id, old with { ProtectedSecret = new EphemeralDataProtectionProvider().CreateProtector("x").Protect("y") }));
    }

    private AccessKeyState Key() => new()
    {
        Account = ApiServer.Account, Scopes = AccessScopes.Recommend, CreatedAt = DateTimeOffset.UnixEpoch,
        ProtectedSecret = _secrets.Protect("secret", Id, ApiServer.Account, AccessScopes.Recommend),
    };
}
