namespace Kindred.Contracts.Access;

/// <summary>How an account is written: 12 digits.</summary>
public static class Accounts
{
    public static bool IsAccount(string? text) => text is { Length: 12 } && text.All(char.IsAsciiDigit);
}
