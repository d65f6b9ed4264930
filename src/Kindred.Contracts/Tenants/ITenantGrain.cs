using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Orleans.Concurrency;

namespace Kindred.Contracts.Tenants;

/// <summary>
/// A tenant, and the one place where its resources are made, changed and deleted: one structural change at a time, so rules
/// that look at several resources have no races. Key: the account. Every method may throw <see cref="RefusedException"/>.
/// </summary>
[Alias("Kindred.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Makes the tenant. Nothing happens when it exists already.</summary>
    [Alias("CreateAsync")]
    Task<TenantState> CreateAsync(string? name);

    /// <returns>The tenant, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<TenantState?> DescribeAsync();

    /// <summary>From now on the door refuses everything to the tenant. Nothing happens when it is suspended already.</summary>
    /// <param name="reason">For operators; null when nobody says.</param>
    [Alias("SuspendAsync")]
    Task SuspendAsync(string? reason);

    /// <summary>Takes a suspension back. Nothing happens when there is none.</summary>
    [Alias("ResumeAsync")]
    Task ResumeAsync();

    /// <summary>Sets what the tenant may have from now on; what it has already stays.</summary>
    /// <param name="quotas">Null for what every tenant may have.</param>
    [Alias("SetQuotasAsync")]
    Task SetQuotasAsync(TenantQuotas? quotas);

    /// <summary>Makes the change that a request asks for. Which requests are changes, the rooms of the resources say.</summary>
    /// <typeparam name="TRequest">A request of the contract, such as <see cref="CreateSchemaRequest"/>.</typeparam>
    /// <typeparam name="TResponse">The contract's answer to it.</typeparam>
    [Alias("AnswerAsync")]
    Task<TResponse> ChangeAsync<TRequest, TResponse>(TRequest request, Caller caller);

    /// <summary>Likewise, for a request that has no answer, such as <see cref="DeleteSchemaRequest"/>.</summary>
    [Alias("ChangeAsync")]
    Task ChangeAsync<TRequest>(TRequest request, Caller caller);
}
