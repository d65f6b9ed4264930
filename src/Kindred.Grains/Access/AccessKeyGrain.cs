using Kindred.Contracts.Access;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Access;

[GrainType("access-key")]
internal sealed class AccessKeyGrain(
    [PersistentState("state", "Default")] IPersistentState<AccessKeyState> state, IChangeFeed feed, TimeProvider clock)
    : Grain, IAccessKeyGrain
{
    public Task CreateAsync(AccessKeyState key) => state.RecordExists
        ? throw new RefusedException(RefusalCode.ResourceAlreadyExists, $"The access key {this.GetPrimaryKeyString()} already exists.")
        : SaveAsync(key);

    public Task<AccessKeyDescription?> FindAsync() =>
        Task.FromResult(state.RecordExists ? new AccessKeyDescription(this.GetPrimaryKeyString(), state.State) : null);

    public Task RevokeAsync()
    {
        if (!state.RecordExists)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"The access key {this.GetPrimaryKeyString()} does not exist.");
        return state.State.Revoked ? Task.CompletedTask : SaveAsync(state.State with { Revoked = true });
    }

    public Task UpdateAsync(bool? disabled, DateTimeOffset? endsAt, DateTimeOffset now)
    {
        if (!state.RecordExists)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"The access key {this.GetPrimaryKeyString()} does not exist.");
        return SaveAsync(state.State with
        {
            DisabledAt = disabled switch { null => state.State.DisabledAt, true => state.State.DisabledAt ?? now, false => null },
            ExpiresAt = endsAt ?? state.State.ExpiresAt,
        });
    }

    // Nobody is told: what the key may do has not changed.
    public Task NoteUseAsync(DateTimeOffset at) => state.RecordExists && !(state.State.LastUsedAt >= at)
        ? this.SaveAsync(state, state.State with { LastUsedAt = at })
        : Task.CompletedTask;

    public Task RebindAsync(string protectedSecret) => state.RecordExists
        ? this.SaveAsync(state, state.State with { ProtectedSecret = protectedSecret })
        : throw new RefusedException(RefusalCode.ResourceNotFound, $"The access key {this.GetPrimaryKeyString()} does not exist.");

    public async Task ForgetAsync(DateTimeOffset now)
    {
        if (state.RecordExists && !state.State.IsUsable(now)) await this.GuardAsync(() => state.ClearStateAsync());
        DeactivateOnIdle();
    }

    private async Task SaveAsync(AccessKeyState next)
    {
        next = next with { Number = ChangeNumber.Next(next.Number, clock.GetUtcNow()) };
        await this.SaveAsync(state, next);
        feed.Publish(new Change(ChangedSubject.AccessKey, this.GetPrimaryKeyString(), next.Number));
    }
}
