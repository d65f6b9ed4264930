namespace Kindred.Identity.Accounts;

/// <summary>Who may make an account.</summary>
public enum SignUpRule
{
    /// <summary>Nobody: the operator's link makes the only ones, and invitations go to people who have one.</summary>
    None,
    /// <summary>Whoever has been invited.</summary>
    Invitation,
    /// <summary>Everybody, with an organisation of their own.</summary>
    Open,
}
