using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

/// <summary>The operations that every kind of resource has. Which one it is, the type of the request says.</summary>
internal static class ResourceRoutes
{
    /// <summary>An operation that makes or changes a resource: the tenant's grain knows how.</summary>
    public static void Change<TRequest, TResponse>(this OperationTable table) where TResponse : class =>
        table.Handle<TRequest, TResponse>(NameOf<TRequest>(), (request, context) =>
            context.Tenant().ChangeAsync<TRequest, TResponse>(request, context.Caller));

    /// <summary>Likewise, without an answer: deletes, and what stops something.</summary>
    public static void Change<TRequest>(this OperationTable table) =>
        table.Handle<TRequest>(NameOf<TRequest>(), (request, context) => context.Tenant().ChangeAsync(request, context.Caller));

    /// <summary>An operation that shows one resource.</summary>
    /// <param name="arn">The member that names it.</param>
    /// <param name="answer">The state as clients see it.</param>
    public static void Describe<TState, TRequest, TResponse>(
        this OperationTable table, Func<TRequest, string> arn, Func<TState, TResponse> answer)
        where TState : class, IResourceState<TState>
        where TResponse : class =>
        table.Handle<TRequest, TResponse>(NameOf<TRequest>(), async (request, context) => answer(await context.FindAsync<TState>(arn(request))));

    /// <summary>An operation that lists the resources of one kind, page by page, all of the account's or those of one parent.</summary>
    /// <param name="page">What the client asked for.</param>
    /// <param name="summarize">One of them as clients see it.</param>
    /// <param name="answer">The page, and the token of the next one.</param>
    public static void List<TState, TSummary, TRequest, TResponse>(
        this OperationTable table, Func<TRequest, PageRequest> page, Func<TState, TSummary> summarize,
        Func<IReadOnlyList<TSummary>, string?, TResponse> answer)
        where TState : class, IResourceState<TState>
        where TSummary : class
        where TResponse : class =>
        table.Handle<TRequest, TResponse>(NameOf<TRequest>(), async (request, context) =>
        {
            var pages = context.Services.GetRequiredService<ResourcePages>();
            var (entries, nextToken) = await pages.ReadAsync(NameOf<TRequest>(), page(request), summarize, context);
            return answer(entries, nextToken);
        });

    /// <exception cref="RefusedException">The text is not an ARN of this kind, or there is no such resource.</exception>
    public static async Task<TState> FindAsync<TState>(this OperationContext context, string text)
        where TState : class, IResourceState<TState>
    {
        var catalog = context.Services.GetRequiredService<IResourceCatalog>();
        return await catalog.FindAsync<TState>(TState.Kind.Expect(text), context.CancellationToken) ?? throw Missing(text);
    }

    public static RefusedException Missing(string arn) =>
        new(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {arn}.");

    private static string NameOf<TRequest>() => typeof(TRequest).Name[..^"Request".Length];

    /// <summary>The grain through which the caller's tenant changes.</summary>
    private static ITenantGrain Tenant(this OperationContext context) =>
        context.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(context.Caller.Account);
}
