using System.Security.Cryptography;
using System.Text.Json;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Kindred.Identity.Tokens;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Kindred.Identity.Applications;

/// <summary>The applications of an organisation. Every call needs the scope <c>keys</c>, and every change is audited.</summary>
public sealed class ApplicationRegister
{
    private readonly AccountsDb _db;
    private readonly IOpenIddictApplicationManager _clients;
    private readonly IOpenIddictTokenManager _given;
    private readonly TokenCache _tokens;
    private readonly IAuditTrail _audit;
    private readonly TimeProvider _clock;

    internal ApplicationRegister(
        AccountsDb db, IOpenIddictApplicationManager clients, IOpenIddictTokenManager given, TokenCache tokens, IAuditTrail audit, TimeProvider clock) =>
        (_db, _clients, _given, _tokens, _audit, _clock) = (db, clients, given, tokens, audit, clock);

    /// <returns>The organisation's applications, by name.</returns>
    /// <exception cref="RefusedException">AccessDenied: the scope is missing.</exception>
    public async Task<IReadOnlyList<Application>> ListAsync(Principal actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(AccessScopes.Keys, "applications:List");
        var found = await _db.Applications.AsNoTracking().Where(a => a.Account == actor.Account).OrderBy(a => a.Name)
            .Select(a => new { Application = a, By = _db.Users.Where(p => p.Id == a.CreatedBy).Select(p => p.Email).SingleOrDefault() })
            .ToListAsync(cancellationToken);
        var applications = new List<Application>(found.Count);
        foreach (var (application, by) in found.Select(f => (f.Application, f.By)))
        {
            var client = await _clients.FindByClientIdAsync(application.ClientId, cancellationToken);
            var redirects = client is null ? [] : await _clients.GetRedirectUrisAsync(client, cancellationToken);
            applications.Add(new Application(application.ClientId, application.Name, application.Scopes, redirects, by ?? "", application.CreatedAt));
        }
        return applications;
    }

    /// <returns>The application with its secret, which nobody can read again.</returns>
    /// <exception cref="RefusedException">AccessDenied: the scope is missing, or the application could do more than whoever makes it. InvalidInput: a
    /// value has another form. LimitExceeded: the organisation has as many as it may have.</exception>
    public async Task<MadeApplication> MakeAsync(Principal actor, NewApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(application);
        actor.Require(AccessScopes.Keys, "applications:Create");
        ApplicationRules.Check(actor, application);
        var made = new MadeApplication($"app-{RandomNumberGenerator.GetHexString(20, lowercase: true)}", LinkSecrets.Make());
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        await Members.LockAsync(_db, actor.Account, cancellationToken);
        if (await _db.Applications.CountAsync(a => a.Account == actor.Account, cancellationToken) >= ApplicationRules.MostOfAnOrganisation)
            throw new RefusedException(RefusalCode.LimitExceeded, $"The organisation has {ApplicationRules.MostOfAnOrganisation} applications, and can have no more.");
        _db.Applications.Add(new ApplicationRecord
        {
            ClientId = made.ClientId, Account = actor.Account, Name = application.Name.Trim(), Scopes = application.Scopes,
            CreatedBy = actor.ActorId, CreatedAt = _clock.GetUtcNow(),
        });
        await _clients.CreateAsync(Describe(made, application), cancellationToken);
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await RecordAsync(actor, "applications:Create", made.ClientId, null, Describe(application.Name.Trim(), application.Scopes));
        return made;
    }

    /// <summary>Gives an application another secret. The old one, and every token that was given to the application, end at once.</summary>
    /// <returns>The application with its new secret, which nobody can read again.</returns>
    /// <exception cref="RefusedException">AccessDenied: the scope is missing, or the application may do more than whoever asks.
    /// ResourceNotFound: there is no such application.</exception>
    public async Task<MadeApplication> RenewSecretAsync(Principal actor, string clientId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(AccessScopes.Keys, "applications:RenewSecret");
        var made = new MadeApplication(clientId, LinkSecrets.Make());
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        var application = await FindAsync(actor, clientId, cancellationToken);
        var client = application is null ? null : await _clients.FindByClientIdAsync(clientId, cancellationToken);
        if (application is null || client is null)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no application with the client id '{clientId}'.");
        await _clients.UpdateAsync(client, made.Secret, cancellationToken);
        await _given.RevokeByApplicationIdAsync((await _clients.GetIdAsync(client, cancellationToken))!, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _tokens.Forget();
        await RecordAsync(actor, "applications:RenewSecret", clientId, null, null);
        return made;
    }

    /// <summary>Removes an application; its tokens end at once. Nothing happens when there is none.</summary>
    /// <exception cref="RefusedException">AccessDenied: the scope is missing, or the application may do more than whoever removes it.</exception>
    public async Task RemoveAsync(Principal actor, string clientId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(AccessScopes.Keys, "applications:Delete");
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(actor, clientId, cancellationToken) is not { } application) return;
        _db.Applications.Remove(application);
        await _db.SaveChangesAsync(cancellationToken);
        if (await _clients.FindByClientIdAsync(clientId, cancellationToken) is { } client) await _clients.DeleteAsync(client, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _tokens.Forget();
        await RecordAsync(actor, "applications:Delete", clientId, Describe(application.Name, application.Scopes), null);
    }

    private async Task<ApplicationRecord?> FindAsync(Principal actor, string clientId, CancellationToken cancellationToken)
    {
        var application = await _db.Applications.SingleOrDefaultAsync(a => a.ClientId == clientId && a.Account == actor.Account, cancellationToken);
        return application is null || (application.Scopes & ~actor.Scopes) == 0
            ? application
            : throw new RefusedException(RefusalCode.AccessDenied, "The application may do more than you; it takes somebody who may as much.");
    }

    private static OpenIddictApplicationDescriptor Describe(MadeApplication made, NewApplication application)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = made.ClientId, ClientSecret = made.Secret, DisplayName = application.Name.Trim(),
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit, // an administrator of the organisation registered it for its members
            Permissions = { Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials },
        };
        foreach (var scope in ScopeNames.List(application.Scopes)) client.Permissions.Add(Permissions.Prefixes.Scope + scope);
        if (application.RedirectUris.Count == 0) return client;
        client.Permissions.UnionWith(
        [
            Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode,
            Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile,
        ]);
        client.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        foreach (var uri in application.RedirectUris) client.RedirectUris.Add(new Uri(uri));
        return client;
    }

    private Task RecordAsync(Principal actor, string action, string clientId, string? before, string? after) => _audit.RecordAsync(
        AuditEvent.By(actor, action, clientId) with { Before = before, After = after }, CancellationToken.None);

    private static string Describe(string name, AccessScopes scopes) => JsonSerializer.Serialize(new { name, scopes = ScopeNames.List(scopes) });
}
