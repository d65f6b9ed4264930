using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Access;

/// <summary>
/// Who acts on a tenant, as the door that let it in established it: the same for HTTP, portal, batch and command line. The
/// region and the client's invocation id belong to the single call, not to whoever makes it.
/// </summary>
public sealed record Principal
{
    private Principal(string account, ActorKind actor, string actorId, AccessScopes scopes, DateTimeOffset? until = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(actorId);
        if (!Accounts.IsAccount(account)) throw new ArgumentException($"'{account}' is not an account; 12 digits were expected.", nameof(account));
        // Whoever may change resources may read them: keys that were made before there was a scope for reading keep doing so.
        if ((scopes & AccessScopes.Control) != 0) scopes |= AccessScopes.Read;
        (Account, Actor, ActorId, Rights) = (account, actor, actorId, new KeyRights(scopes, until));
        Entry = new CallerEntry(account, actor, actorId);
    }

    /// <summary>The tenant: 12 digits.</summary>
    public string Account { get; }
    public ActorKind Actor { get; }
    /// <summary>The id of the access key, the person or the application, or the reason why the service acts.</summary>
    public string ActorId { get; }
    public AccessScopes Scopes => Rights.Scopes;
    /// <summary>What the principal may give a key that it makes, and take from one that it ends.</summary>
    public KeyRights Rights { get; }
    /// <summary>The actor as logs and audits name it, such as <c>access-key/KINDRED2</c>; see <see cref="CallerEntry.AuditName"/>.</summary>
    public string AuditName => Entry.AuditName;

    /// <summary>The client's address, for the audit trail; null where nobody said it, and for the service's own work.</summary>
    public string? Origin { get; private init; }

    /// <summary>The same principal, with the address that it acts from.</summary>
    public Principal From(string? origin) => this with { Origin = origin };

    /// <summary>What grain calls carry; made once, because the hot path enters with every request.</summary>
    internal CallerEntry Entry { get; }

    /// <param name="until">When the key ends; null for one without an end.</param>
    public static Principal OfAccessKey(string account, string keyId, AccessScopes scopes, DateTimeOffset? until = null) =>
        new(account, ActorKind.AccessKey, keyId, scopes, until);

    public static Principal OfPerson(string account, string personId, AccessScopes scopes) =>
        new(account, ActorKind.Person, personId, scopes);

    public static Principal OfApplication(string account, string applicationId, AccessScopes scopes) =>
        new(account, ActorKind.Application, applicationId, scopes);

    /// <param name="reason">What the service does that for, a short phrase such as <c>nightly export</c>.</param>
    public static Principal OfService(string account, string reason, AccessScopes scopes) =>
        new(account, ActorKind.Service, reason, scopes);

    /// <param name="action">What is about to be done, such as <c>personalize:CreateCampaign</c>; the message names it.</param>
    /// <exception cref="RefusedException"><see cref="RefusalCode.AccessDenied"/>: the principal lacks <paramref name="scope"/>.</exception>
    public void Require(AccessScopes scope, string action)
    {
        if ((Scopes & scope) == scope) return;
        var lacks = Actor is ActorKind.Person ? "They lack" : "It lacks";
        throw new RefusedException(RefusalCode.AccessDenied,
            $"{Noun} of account {Account} is not authorized to perform: {action}. {lacks} the scope '{ScopeNames.Of(scope)}'.");
    }

    /// <summary>The principal as the subject of a sentence, such as <c>The access key 'KINDRED2'</c>.</summary>
    public string Noun => Actor switch
    {
        ActorKind.AccessKey => $"The access key '{ActorId}'",
        ActorKind.Person => $"The person '{ActorId}'",
        ActorKind.Application => $"The application '{ActorId}'",
        _ => $"The service's own work '{ActorId}'",
    };
}
