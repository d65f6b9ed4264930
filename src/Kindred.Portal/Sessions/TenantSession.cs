using System.Security.Claims;
using Kindred.Contracts.Access;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Identity.Organisations;
using Kindred.Operations;
using Kindred.Portal.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace Kindred.Portal.Sessions;

/// <summary>
/// The pages' only way to a tenant, one a circuit. Who somebody is comes from the cookie, what they may from the directory, asked anew at
/// every call: a circuit may be hours old, and a role that was taken away must be gone with the next click.
/// </summary>
public sealed class TenantSession(
    AuthenticationStateProvider authentication, IMembershipDirectory memberships, ITenantStandings standings, IOperationInvoker operations,
    IOptions<OperationOptions> options)
{
    /// <summary>The region in every ARN of this deployment.</summary>
    public string Region => options.Value.Region;

    public async Task<IReadOnlyList<Membership>> ListMembershipsAsync(CancellationToken cancellationToken = default) =>
        await memberships.ListAsync(await PersonIdAsync(), cancellationToken);

    /// <summary>An operation of the contract, in the name of whoever is signed in.</summary>
    /// <param name="account">The organisation's tenant, as the address names it: it is checked here and nowhere before.</param>
    /// <exception cref="RefusedException">They do not belong to the organisation, or the operation refuses.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string account, TRequest request, CancellationToken cancellationToken = default)
        where TRequest : class
        where TResponse : class =>
        await operations.InvokeAsync<TRequest, TResponse>(await PrincipalAsync(account, cancellationToken), request, null, cancellationToken);

    /// <summary>Likewise, for an operation without output.</summary>
    /// <inheritdoc cref="CallAsync{TRequest, TResponse}" path="/exception"/>
    public async Task CallAsync<TRequest>(string account, TRequest request, CancellationToken cancellationToken = default)
        where TRequest : class =>
        await operations.InvokeAsync(await PrincipalAsync(account, cancellationToken), request, null, cancellationToken);

    /// <summary>Whatever takes a principal: grain calls in it are made in their name. The service that is called checks the scopes.</summary>
    /// <inheritdoc cref="CallAsync{TRequest, TResponse}" path="/exception"/>
    public async Task<T> AsAsync<T>(string account, Func<Principal, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var principal = await PrincipalAsync(account, cancellationToken);
        using var entered = CallerContext.Enter(principal);
        return await call(principal);
    }

    /// <inheritdoc cref="AsAsync{T}"/>
    public Task AsAsync(string account, Func<Principal, Task> call, CancellationToken cancellationToken = default) =>
        AsAsync(account, async principal =>
        {
            await call(principal);
            return true;
        }, cancellationToken);

    /// <summary>The person as an operator of the deployment, asked anew like every principal.</summary>
    /// <exception cref="RefusedException">They operate nothing.</exception>
    public async Task<Principal> OperatorAsync(CancellationToken cancellationToken = default) =>
        await FindOperatorAsync(cancellationToken)
        ?? throw new RefusedException(RefusalCode.AccessDenied, "This page is for whoever operates the deployment.");

    /// <returns>Null for somebody who operates nothing.</returns>
    public async Task<Principal?> FindOperatorAsync(CancellationToken cancellationToken = default)
    {
        var personId = await PersonIdAsync();
        foreach (var membership in await memberships.ListAsync(personId, cancellationToken))
        {
            var found = await memberships.FindPrincipalAsync(personId, membership.Account, cancellationToken);
            if (found is not null && (found.Scopes & AccessScopes.Operator) != 0) return found.From(await OriginAsync());
        }
        return null;
    }

    /// <exception cref="RefusedException">They do not belong to the organisation, as if there were none; or it is suspended.</exception>
    public async Task<Principal> PrincipalAsync(string account, CancellationToken cancellationToken = default)
    {
        var found = Accounts.IsAccount(account) ? await memberships.FindPrincipalAsync(await PersonIdAsync(), account, cancellationToken) : null;
        if (found is null)
            throw new RefusedException(RefusalCode.ResourceNotFound, "There is no such organisation, or you do not belong to it.");
        await standings.RequireActiveAsync(account);
        return found.From(await OriginAsync());
    }

    private async Task<string?> OriginAsync() => OriginClaim.Of((await authentication.GetAuthenticationStateAsync()).User);

    /// <exception cref="RefusedException">Nobody is signed in any more.</exception>
    public async Task<string> PersonIdAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return user.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new RefusedException(RefusalCode.AccessDenied, "You are not signed in any more. Load the page again.");
    }
}
