namespace Kindred.Identity.Accounts;

/// <summary>How the making of an account ended.</summary>
/// <param name="Person">Who it is; null when it was not made.</param>
/// <param name="Faults">What is wrong with what was given, a sentence each; empty when it was made.</param>
public sealed record MadeAccount(Person? Person, IReadOnlyList<string> Faults)
{
    internal static MadeAccount Refused(params IReadOnlyList<string> faults) => new(null, faults);
}
