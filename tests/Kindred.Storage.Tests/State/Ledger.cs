
namespace Kindred.Storage.Tests.State;

public sealed record LedgerState
{
    public int Sum { get; init; }
    public IReadOnlyList<string> Entries { get; init; } = [];
}

[Alias("Kindred.Tests.ILedgerGrain")]
public interface ILedgerGrain : IGrainWithStringKey
{
    [Alias("AddAsync")]
    Task<int> AddAsync(int amount);
    [Alias("SumAsync")]
    Task<int> SumAsync();
    [Alias("ClearAsync")]
    Task ClearAsync();
    [Alias("RemindAsync")]
    Task RemindAsync(string name);
    [Alias("RemindersAsync")]
    Task<IReadOnlyList<string>> RemindersAsync();
    [Alias("ForgetAsync")]
    Task ForgetAsync(string name);
}

/// <summary>Another kind of grain with the same state name: its rows must be its own.</summary>
[Alias("Kindred.Tests.IJournalGrain")]
public interface IJournalGrain : IGrainWithStringKey
{
    [Alias("AddAsync")]
    Task<int> AddAsync(int amount);
}

[GrainType("ledger")]
internal sealed class LedgerGrain([PersistentState("state", "Default")] IPersistentState<LedgerState> ledger) : Grain, ILedgerGrain, IRemindable
{
    public async Task<int> AddAsync(int amount)
    {
        ledger.State = ledger.State with { Sum = ledger.State.Sum + amount, Entries = [.. ledger.State.Entries.TakeLast(9), $"{amount}"] };
        await ledger.WriteStateAsync();
        return ledger.State.Sum;
    }

    public Task<int> SumAsync() => Task.FromResult(ledger.State.Sum);

    public Task ClearAsync() => ledger.ClearStateAsync();

    public Task RemindAsync(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2));

    public async Task<IReadOnlyList<string>> RemindersAsync() => [.. (await this.GetReminders()).Select(r => r.ReminderName)];

    public async Task ForgetAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}

[GrainType("journal")]
internal sealed class JournalGrain([PersistentState("state", "Default")] IPersistentState<LedgerState> journal) : Grain, IJournalGrain
{
    public async Task<int> AddAsync(int amount)
    {
        journal.State = journal.State with { Sum = journal.State.Sum + amount };
        await journal.WriteStateAsync();
        return journal.State.Sum;
    }
}
