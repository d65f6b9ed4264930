using System.Security.Cryptography;

namespace Kindred.Contracts.Access;

/// <summary>How an account is written: 12 digits.</summary>
public static class Accounts
{
    /// <summary>An account drawn at random, without a leading zero. Nobody is likely to have it, and whoever makes a tenant looks.</summary>
    public static string Draw() => RandomNumberGenerator.GetString("123456789", 1) + RandomNumberGenerator.GetString("0123456789", 11);

    public static bool IsAccount(string? text) => text is { Length: 12 } && text.All(char.IsAsciiDigit);
}
