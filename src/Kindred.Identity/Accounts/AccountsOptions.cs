using Kindred.Identity.Mail;
using Kindred.Identity.Providers;

namespace Kindred.Identity.Accounts;

/// <summary>Where accounts are kept and who may make one. Settings <c>Kindred:Accounts</c>.</summary>
public sealed record AccountsOptions
{
    /// <summary>The folder of <c>accounts.db</c>, absolute.</summary>
    public required string DataPath { get; init; }

    /// <summary>A PostgreSQL database in place of the file; null for the file.</summary>
    public string? ConnectionString { get; init; }

    public SignUpRule SignUp { get; init; } = SignUpRule.Invitation;

    /// <summary>Where mails go out; null sends none, and links are copied by hand.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>Another provider that people sign in by; null for none.</summary>
    public ProviderOptions? Oidc { get; init; }

    /// <summary>Another issuer whose tokens the API takes; null for none.</summary>
    public IssuerOptions? Jwt { get; init; }

    /// <summary>The address in links that are sent to people; null where it is that of the request that makes the link.</summary>
    public Uri? PublicUrl { get; init; }
}
