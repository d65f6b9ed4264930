using Kindred.Identity.Accounts;

namespace Kindred.Identity.Organisations;

/// <summary>What an organisation may be called.</summary>
internal static class OrganisationNames
{
    /// <returns>What is wrong with a name; null when nothing is.</returns>
    public static string? Fault(string? name) =>
        string.IsNullOrWhiteSpace(name) ? "The organisation needs a name."
        : name.Trim().Length > AccountLimits.NameLength ? $"The organisation's name can have {AccountLimits.NameLength} characters at most."
        : name.Any(char.IsControl) ? "The organisation's name holds a control character."
        : null;
}
