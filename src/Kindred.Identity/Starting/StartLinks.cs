using System.Security.Cryptography;
using System.Text;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Starting;

/// <summary>The link that makes an operator, because there is no password to begin with. It works once, and outlives restarts until then.</summary>
internal sealed class StartLinks(IDbContextFactory<AccountsDb> contexts, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _seal = protection.CreateProtector("Kindred.Identity.StartLinks");

    public async Task<bool> HasOperatorAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(person => person.IsOperator, cancellationToken);
    }

    /// <returns>The secret of the link that waits to be used; that of a new one when there is none, or it does not open any more.</returns>
    public async Task<string> FindOrMakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await db.StartLinks.SingleOrDefaultAsync(cancellationToken);
        return link is not null && Open(link) is { } secret ? secret : await WriteAsync(db, link, cancellationToken);
    }

    /// <returns>The secret of a new link; the one from before, if any, does not work any more.</returns>
    public async Task<string> ReplaceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await WriteAsync(db, await db.StartLinks.SingleOrDefaultAsync(cancellationToken), cancellationToken);
    }

    public async Task<bool> FitsAsync(string? secret, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FitsAsync(db, secret, cancellationToken);
    }

    /// <summary>Uses the link up, within the transaction of whoever makes the operator.</summary>
    /// <returns>False when it is not the link that waits, or somebody was faster.</returns>
    public async Task<bool> UseAsync(AccountsDb db, string? secret, CancellationToken cancellationToken) =>
        await FitsAsync(db, secret, cancellationToken) && await db.StartLinks.ExecuteDeleteAsync(cancellationToken) == 1;

    private async Task<bool> FitsAsync(AccountsDb db, string? secret, CancellationToken cancellationToken) =>
        secret is { Length: LinkSecrets.Length }
        && await db.StartLinks.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } link
        && Open(link) is { } expected
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(expected));

    private async Task<string> WriteAsync(AccountsDb db, StartLinkRecord? link, CancellationToken cancellationToken)
    {
        var secret = LinkSecrets.Make();
        var (sealedSecret, now) = (_seal.Protect(secret), clock.GetUtcNow());
        if (link is null) db.StartLinks.Add(new StartLinkRecord { SealedSecret = sealedSecret, CreatedAt = now });
        else (link.SealedSecret, link.CreatedAt) = (sealedSecret, now);
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    private string? Open(StartLinkRecord link)
    {
        try
        {
            return _seal.Unprotect(link.SealedSecret);
        }
        catch (CryptographicException)
        {
            return null; // the folder 'keys' is another deployment's
        }
    }
}
