using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kindred.Identity.Accounts;

/// <summary>
/// Opens the accounts' database when the server listens, and brings it to this release's schema. While a database server cannot be reached
/// it tries again; the API serves meanwhile.
/// </summary>
internal sealed partial class AccountsOpening(
    IServiceScopeFactory scopes, AccountsGate gate, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<AccountsOpening> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilListeningAsync(stoppingToken);
        // SQLite's asynchronous calls are synchronous; the start must not wait for them.
        await Task.Run(() => OpenAsync(stoppingToken), stoppingToken);
    }

    private async Task OpenAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await MigrateAsync(scopes, stoppingToken);
                gate.Open();
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, Pause.TotalSeconds);
                gate.Report("The accounts cannot be opened at the moment. The log of the server says why.");
            }
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    public static async Task MigrateAsync(IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDb>().Database;
        // The journal mode stays in the file; it cannot change inside a transaction.
        if (database.IsSqlite()) await database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await database.MigrateAsync(cancellationToken);
    }

    private async Task UntilListeningAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database of the accounts could not be opened; the next try is in {Seconds} s")]
    private partial void LogFailed(Exception failure, double seconds);
}
