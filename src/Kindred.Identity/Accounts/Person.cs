using Microsoft.AspNetCore.Identity;

namespace Kindred.Identity.Accounts;

/// <summary>Somebody who signs in. Their mail address is their user name; what they may do, memberships say.</summary>
public sealed class Person : IdentityUser
{
    /// <summary>What others call them; empty when they gave no name, and then their mail address stands for it.</summary>
    [PersonalData]
    public string Name { get; set; } = "";

    /// <summary>Whether they run the deployment: makes tenants, sees its state.</summary>
    public bool IsOperator { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name, or the mail address of somebody without one.</summary>
    public string DisplayName => Name.Length > 0 ? Name : Email ?? "";
}
