using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Grains.Resources;

/// <summary>The plumbing of a resource: one state, replaced as a whole. What it may become, the rules decide.</summary>
internal abstract class ResourceGrain<TState>(IPersistentState<TState> state) : Grain, IResource<TState>, ITaggable
    where TState : class, IResourceState<TState>
{
    protected Arn Arn => Arn.Parse(this.GetPrimaryKeyString());

    /// <summary>The state, or null if there is no such resource.</summary>
    protected TState? Current => state.RecordExists ? state.State : null;

    public Task<TState?> FindAsync(CancellationToken cancellationToken)
    {
        // Names that somebody makes up leave no grain behind.
        if (Current is null) DeactivateOnIdle();
        return Task.FromResult(Current);
    }

    public virtual Task CreateAsync(TState created) => SaveAsync(created);

    public virtual async Task DeleteAsync()
    {
        if (state.RecordExists) await this.GuardAsync(() => state.ClearStateAsync());
        DeactivateOnIdle();
    }

    public Task SetTagsAsync(IReadOnlyList<Tag> tags) =>
        ChangeAsync(current => current.WithOrigin(current.Origin with { Tags = tags }));

    /// <summary>Moves on by a rule; a rule that gives back the same state writes nothing.</summary>
    protected async Task<TState> ChangeAsync(Func<TState, TState> rule)
    {
        var current = Current ?? throw Refuse.NotFound(Arn);
        var next = rule(current);
        if (!ReferenceEquals(next, current)) await SaveAsync(next);
        return next;
    }

    private Task SaveAsync(TState next) => this.SaveAsync(state, next);
}
