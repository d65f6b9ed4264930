using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Contracts.Usage;

namespace Kindred.Operations.Operating;

/// <summary>Every tenant of the deployment, for whoever operates it: needs the scope <c>operator</c>. Changes are in the operator's own audit trail.</summary>
public sealed class Tenants(
    IResourceCatalog catalog, IGrainFactory grains, IAccessKeys keys, IUsageMeter usage, TenantStandings standings, IAuditTrail audit, TimeProvider clock)
{
    public const int Days = 14;
    public const int MaxNameLength = 100;
    public const int MaxReasonLength = 300;
    private const string Making = "making of a tenant";
    private static readonly JsonSerializerOptions OnlyWhatIsSet = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="text">A part of the account or the name; empty for all.</param>
    /// <param name="most">Most tenants that are wanted.</param>
    /// <returns>In the order of their accounts.</returns>
    /// <exception cref="RefusedException">AccessDenied: the principal operates nothing.</exception>
    public async Task<IReadOnlyList<TenantReading>> ListAsync(Principal principal, string text, int most, CancellationToken cancellationToken)
    {
        Require(principal, "tenants:List");
        ArgumentNullException.ThrowIfNull(text);
        var states = new List<TenantState>();
        await foreach (var entry in catalog.ScanAllAsync<TenantState>(StateNames.Tenant, "", cancellationToken))
        {
            if (text.Length > 0 && !entry.State.Account.Contains(text, StringComparison.Ordinal)
                && !(entry.State.Name?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)) continue;
            states.Add(entry.State);
            if (states.Count == most) break;
        }
        var found = new List<TenantReading>(states.Count);
        foreach (var state in states) found.Add(await ReadAsync(state, cancellationToken));
        return found;
    }

    /// <summary>Makes a tenant with a number that nobody has, and its first key.</summary>
    /// <param name="name">What people call it.</param>
    /// <returns>The key, whose secret nobody can read again.</returns>
    /// <exception cref="RefusedException">AccessDenied: the principal operates nothing. InvalidInput: the name is missing or too long.</exception>
    public async Task<IssuedAccessKey> CreateAsync(Principal principal, string name, CancellationToken cancellationToken)
    {
        Require(principal, "tenants:Create");
        ArgumentNullException.ThrowIfNull(name);
        if (name.Trim().Length is 0 or > MaxNameLength)
            throw new RefusedException(RefusalCode.InvalidInput, $"The name has {name.Trim().Length} characters; 1 to {MaxNameLength} were expected.");
        var account = await NewAccountAsync(cancellationToken);
        using (CallerContext.EnterService(account, Making)) await grains.GetGrain<ITenantGrain>(account).CreateAsync(name.Trim());
        var key = await keys.IssueAsync(
            Principal.OfService(account, Making, AccessScopes.Tenant), new NewAccessKey(AccessScopes.Tenant) { Name = "First key" }, cancellationToken);
        await audit.RecordAsync(AuditEvent.By(principal, "tenants:Create", account), cancellationToken);
        return key;
    }

    /// <exception cref="RefusedException">
    /// ResourceNotFound: there is no such tenant. InvalidInput: it is the operator's own, or the reason is too long.
    /// </exception>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public async Task SuspendAsync(Principal principal, string account, string? reason, CancellationToken cancellationToken)
    {
        Require(principal, "tenants:Suspend");
        if (account == principal.Account)
            throw new RefusedException(RefusalCode.InvalidInput, "This is your own tenant: suspended, nobody could take that back.");
        if (reason is { Length: > MaxReasonLength })
            throw new RefusedException(RefusalCode.InvalidInput, $"The reason can have {MaxReasonLength} characters at most.");
        await ChangeAsync(principal, account, "tenants:Suspend", tenant => tenant.SuspendAsync(reason), cancellationToken);
    }

    /// <inheritdoc cref="SuspendAsync"/>
    public async Task ResumeAsync(Principal principal, string account, CancellationToken cancellationToken)
    {
        Require(principal, "tenants:Resume");
        await ChangeAsync(principal, account, "tenants:Resume", tenant => tenant.ResumeAsync(), cancellationToken);
    }

    /// <summary>Sets what a tenant may have, from the next thing on that it makes; what it has stays.</summary>
    /// <exception cref="RefusedException">ResourceNotFound: there is no such tenant. InvalidInput: a quota is negative, or that of requests is zero.</exception>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public async Task SetQuotasAsync(Principal principal, string account, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        Require(principal, "tenants:SetQuotas");
        ArgumentNullException.ThrowIfNull(quotas);
        long?[] amounts =
        [
            quotas.StoredBytes, quotas.AccessKeys, quotas.DatasetGroups, quotas.CampaignsPerDatasetGroup, quotas.UnfinishedImportJobs,
            quotas.UnfinishedSolutionVersions, quotas.UnfinishedBatchInferenceJobs, quotas.UnfinishedBatchSegmentJobs, quotas.UnfinishedExportJobs,
            quotas.UnfinishedDeletionJobsPerGroup, quotas.RecommendersPerDatasetGroup,
        ];
        if (amounts.Any(amount => amount < 0) || quotas.RequestsPerSecond < 1)
            throw new RefusedException(RefusalCode.InvalidInput, "A quota is a whole number from 0, that of requests a second one from 1.");
        var before = (await catalog.FindAsync<TenantState>(StateNames.Tenant, account, cancellationToken))?.Quotas;
        await ChangeAsync(principal, account, "tenants:SetQuotas", tenant => tenant.SetQuotasAsync(quotas), cancellationToken,
            change => change with { Before = Describe(before), After = Describe(quotas) });
    }

    private static string Describe(TenantQuotas? quotas) => JsonSerializer.Serialize(quotas ?? TenantQuotas.None, OnlyWhatIsSet);

    private async Task<string> NewAccountAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var account = Accounts.Draw();
            if (await catalog.FindAsync<TenantState>(StateNames.Tenant, account, cancellationToken) is null) return account;
        }
    }

    private async Task ChangeAsync(
        Principal principal, string account, string action, Func<ITenantGrain, Task> change, CancellationToken cancellationToken,
        Func<AuditEvent, AuditEvent>? describe = null)
    {
        if (!Accounts.IsAccount(account) || await catalog.FindAsync<TenantState>(StateNames.Tenant, account, cancellationToken) is null)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no tenant {account}.");
        using (CallerContext.EnterService(account, "operator's change of a tenant")) await change(grains.GetGrain<ITenantGrain>(account));
        standings.Doubt(account);
        var done = AuditEvent.By(principal, action, account);
        await audit.RecordAsync(describe?.Invoke(done) ?? done, cancellationToken);
    }

    private async Task<TenantReading> ReadAsync(TenantState state, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (requests, events) = (new double[Days], 0L);
        foreach (var count in await usage.ReadAsync(state.Account, today.AddDays(1 - Days), today, cancellationToken))
        {
            if (count.Measure is UsageMeasure.Events) events += count.Count;
            if (count.Measure is UsageMeasure.Recommendations or UsageMeasure.Rankings or UsageMeasure.ActionRecommendations)
                requests[Days - 1 - (today.DayNumber - count.Day.DayNumber)] += count.Count;
        }
        return new(state, requests, events);
    }

    private static void Require(Principal principal, string action)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Operator, action);
    }
}
