using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Accounts;

/// <summary>Contexts of whichever database there is. Whoever asks for one while it is being opened waits.</summary>
internal sealed class GatedContexts<TContext>(IDbContextFactory<TContext> contexts, AccountsGate gate) : IDbContextFactory<AccountsDb>
    where TContext : AccountsDb
{
    public AccountsDb CreateDbContext() => contexts.CreateDbContext();

    public async Task<AccountsDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        return await contexts.CreateDbContextAsync(cancellationToken);
    }
}
