using System.Security.Claims;
using System.Security.Cryptography;
using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Kindred.Identity.SignIn;

/// <summary>
/// Where people are signed in. A cookie names its session, and is asked about at every request: one that was ended signs nobody in any
/// more, wherever the cookie has been copied to.
/// </summary>
public sealed class Sessions
{
    /// <summary>The claim with the id of the session.</summary>
    public const string ClaimType = "kindred.session";
    /// <summary>How long a browser that was told to remember may stay away.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(14);
    /// <summary>How long any other browser may.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);

    private const int MostOfAPerson = 50;
    private const int MaxBrowserLength = 200;
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<AccountsDb> _contexts;
    private readonly string _stampClaim;
    private readonly TimeProvider _clock;

    internal Sessions(IDbContextFactory<AccountsDb> contexts, IOptions<IdentityOptions> options, TimeProvider clock) =>
        (_contexts, _stampClaim, _clock) = (contexts, options.Value.ClaimsIdentity.SecurityStampClaimType, clock);

    /// <summary>
    /// Whether somebody is still signed in: the session was not ended, and nothing changed by which they sign in. Pages that stay open ask
    /// this from time to time.
    /// </summary>
    public async Task<bool> IsLiveAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        var (sessionId, personId) = (person.FindFirstValue(ClaimType), person.FindFirstValue(ClaimTypes.NameIdentifier));
        if (sessionId is null || personId is null) return false;
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        var session = await db.Sessions.Where(s => s.Id == sessionId && s.PersonId == personId)
            .Select(s => new { s.SeenAt, s.Person.SecurityStamp }).SingleOrDefaultAsync(cancellationToken);
        if (session is null || session.SecurityStamp != person.FindFirstValue(_stampClaim) || now - session.SeenAt > RememberedFor) return false;
        if (now - session.SeenAt > SeenPrecision)
            await db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancellationToken);
        return true;
    }

    /// <returns>The sessions of whoever asks, the newest use first.</returns>
    public async Task<IReadOnlyList<Session>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        var (current, personId) = (person.FindFirstValue(ClaimType), person.FindFirstValue(ClaimTypes.NameIdentifier));
        var since = _clock.GetUtcNow() - RememberedFor;
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.Where(s => s.PersonId == personId && s.SeenAt > since).OrderByDescending(s => s.SeenAt)
            .Select(s => new Session(s.Id, s.CreatedAt, s.SeenAt, s.Browser, s.Address, s.Id == current)).ToListAsync(cancellationToken);
    }

    /// <summary>Ends a session of a person; nothing happens when they have none with that id.</summary>
    public async Task EndAsync(string personId, string sessionId, CancellationToken cancellationToken = default)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(s => s.Id == sessionId && s.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Ends every session of whoever asks but the one that asks.</summary>
    public async Task EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        var (current, personId) = (person.FindFirstValue(ClaimType), person.FindFirstValue(ClaimTypes.NameIdentifier));
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(s => s.PersonId == personId && s.Id != current).ExecuteDeleteAsync(cancellationToken);
    }

    /// <returns>The id of a new session; the oldest of a person who has very many ends.</returns>
    internal async Task<string> BeginAsync(Person person, HttpContext http)
    {
        var now = _clock.GetUtcNow();
        var browser = http.Request.Headers.UserAgent.ToString();
        var session = new SessionRecord
        {
            Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
            PersonId = person.Id,
            CreatedAt = now,
            SeenAt = now,
            Browser = browser.Length > MaxBrowserLength ? browser[..MaxBrowserLength] : browser,
            Address = http.Connection.RemoteIpAddress?.ToString() ?? "",
        };
        await using var db = await _contexts.CreateDbContextAsync(http.RequestAborted);
        var since = now - RememberedFor;
        await db.Sessions.Where(s => s.SeenAt < since).ExecuteDeleteAsync(http.RequestAborted);
        var surplus = await db.Sessions.Where(s => s.PersonId == person.Id).OrderByDescending(s => s.SeenAt)
            .Skip(MostOfAPerson - 1).Select(s => s.Id).ToListAsync(http.RequestAborted);
        if (surplus.Count > 0) await db.Sessions.Where(s => surplus.Contains(s.Id)).ExecuteDeleteAsync(http.RequestAborted);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(http.RequestAborted);
        return session.Id;
    }
}
