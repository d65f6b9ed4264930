using Kindred.Contracts.Access;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Access;

[GrainType("access-key")]
internal sealed class AccessKeyGrain([PersistentState("state", "Default")] IPersistentState<AccessKeyState> state, IChangeFeed feed)
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
        await this.SaveAsync(state, next);
        // A key is made once and ended once, for ever: no id comes back, so these are all of its numbers.
        feed.Publish(new Change(ChangedSubject.AccessKey, this.GetPrimaryKeyString(), next.Revoked ? 2 : 1));
    }
}
