using System.Security.Cryptography;
using System.Text;

namespace Kindred.Identity.Organisations;

/// <summary>Secrets in links: 190 bits, of which only the hash is kept.</summary>
internal static class LinkSecrets
{
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";
    public const int Length = 32;

    public static string Make() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
