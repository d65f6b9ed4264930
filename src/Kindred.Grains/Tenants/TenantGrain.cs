using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Recommenders;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Tenants;

/// <summary>Lets a tenant's structural changes in one at a time; the rules are with each kind of resource.</summary>
[GrainType("tenant")]
internal sealed class TenantGrain(
    [PersistentState("state", "Default")] IPersistentState<TenantState> state,
    IEnumerable<IResourceDeletion> deletions,
    SolutionVersionOperations versions,
    CampaignOperations campaigns,
    RecommenderOperations recommenders,
    TimeProvider clock) : Grain, ITenantGrain, ITenantControl
{
    private string Account => this.GetPrimaryKeyString();

    public async Task<TenantState> CreateAsync(string? name)
    {
        if (state.RecordExists) return state.State;
        if (!Accounts.IsAccount(Account)) throw Refuse.Invalid($"'{Account}' is not an account; 12 digits were expected.");
        await this.SaveAsync(state, new TenantState { Account = Account, Name = name, CreatedAt = clock.GetUtcNow() });
        return state.State;
    }

    public Task<TenantState?> DescribeAsync() => Task.FromResult(state.RecordExists ? state.State : null);

    public async Task SuspendAsync(string? reason)
    {
        if (state is { RecordExists: true, State.SuspendedAt: null })
            await this.SaveAsync(state, state.State with { SuspendedAt = clock.GetUtcNow(), SuspendedFor = reason });
    }

    public async Task ResumeAsync()
    {
        if (state is { RecordExists: true, State.SuspendedAt: not null })
            await this.SaveAsync(state, state.State with { SuspendedAt = null, SuspendedFor = null });
    }

    public async Task SetQuotasAsync(TenantQuotas? quotas)
    {
        if (state.RecordExists) await this.SaveAsync(state, state.State with { Quotas = quotas == TenantQuotas.None ? null : quotas });
    }

    public Task<TResponse> ChangeAsync<TRequest, TResponse>(TRequest request, Caller caller) =>
        Find<TenantChange<TRequest, TResponse>>(typeof(TRequest)).MakeAsync(request, Mine(caller));

    public Task ChangeAsync<TRequest>(TRequest request, Caller caller) =>
        Find<TenantChange<TRequest>>(typeof(TRequest)).MakeAsync(request, Mine(caller));

    public Task TrainIfDueAsync(Arn owner) =>
        RecommenderState.Kind.Names(owner) ? recommenders.TrainIfDueAsync(owner) : versions.TrainIfDueAsync(owner);

    public Task UpdateIfDueAsync(Arn solution, long newestPut) => versions.UpdateIfDueAsync(solution, newestPut);
    public Task SyncCampaignsAsync(Arn solution) => campaigns.SyncAsync(solution);
    public Task SyncRecommenderAsync(Arn recommender) => recommenders.SyncAsync(recommender);

    public Task FinishDeleteAsync(Arn resource) => deletions.First(deletion => deletion.Kind.Names(resource))
        .DeleteAsync(resource.ToString(), new Caller(resource.Account, resource.Region, InvocationId: null));

    private TChange Find<TChange>(Type request) where TChange : class => ServiceProvider.GetService<TChange>()
        ?? throw new RefusedException(RefusalCode.UnknownOperation, $"No change of a tenant's resources is asked for by {request.Name}.");

    private Caller Mine(Caller caller) => caller.Account == Account
        ? caller
        : throw new RefusedException(RefusalCode.AccessDenied, $"The account {caller.Account} has no access to another account's resources.");
}
