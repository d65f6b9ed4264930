using System.Security.Cryptography;
using Kindred.Files;
using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Kindred.Identity.Tokens;

/// <summary>
/// The keys of this deployment's tokens, sealed by data protection in <c>{data}/keys/tokens.key</c>: no certificate store, and the same for
/// every process that shares the folder.
/// </summary>
internal sealed class TokenKeys(AccountsOptions options, IDataProtectionProvider protection)
{
    private const int SecretLength = 32;
    private const int RsaBits = 2048;

    private readonly Lazy<(SigningCredentials Signing, EncryptingCredentials Encrypting)> _keys = new(() => ReadOrMake(options, protection));

    public SigningCredentials Signing => _keys.Value.Signing;
    public EncryptingCredentials Encrypting => _keys.Value.Encrypting;

    private static (SigningCredentials, EncryptingCredentials) ReadOrMake(AccountsOptions options, IDataProtectionProvider protection)
    {
        var folder = Path.Combine(options.DataPath, "keys");
        PrivateFiles.MakePrivate(folder);
        var path = Path.Combine(folder, "tokens.key");
        var seal = protection.CreateProtector("Kindred.Identity.TokenKeys");
        if (!File.Exists(path)) Make(path, seal);
        var bytes = seal.Unprotect(File.ReadAllBytes(path));
        var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(bytes.AsSpan(SecretLength), out _);
        var id = Convert.ToHexString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..16];
        return (
            new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = id }, SecurityAlgorithms.RsaSha256),
            new EncryptingCredentials(
                new SymmetricSecurityKey(bytes[..SecretLength]), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    private static void Make(string path, IDataProtector seal)
    {
        using var rsa = RSA.Create(RsaBits);
        var draft = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllBytes(draft, seal.Protect([.. RandomNumberGenerator.GetBytes(SecretLength), .. rsa.ExportRSAPrivateKey()]));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft); // another process was faster, and its keys are everybody's
        }
    }
}
