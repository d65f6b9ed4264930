using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Resources;

/// <summary>What the house is told of a kind of resource: which requests change it, how it is deleted, which work of it is unfinished.</summary>
/// <typeparam name="TState">Its state, which knows the kind.</typeparam>
/// <typeparam name="TOperations">Its rules on the tenant's turn: a singleton.</typeparam>
internal sealed class ResourceRegistration<TState, TOperations>(IServiceCollection services)
    where TState : class, IResourceState<TState>
    where TOperations : class
{
    /// <summary>A request that makes or changes a resource of the kind.</summary>
    public ResourceRegistration<TState, TOperations> Answers<TRequest, TResponse>(
        Func<TOperations, TRequest, Caller, Task<TResponse>> change)
    {
        services.AddSingleton(provider => new TenantChange<TRequest, TResponse>(
            (request, caller) => change(provider.GetRequiredService<TOperations>(), request, caller)));
        return this;
    }

    /// <summary>Likewise, one that has no answer.</summary>
    public ResourceRegistration<TState, TOperations> Obeys<TRequest>(Func<TOperations, TRequest, Caller, Task> change)
    {
        services.AddSingleton(provider => new TenantChange<TRequest>(
            (request, caller) => change(provider.GetRequiredService<TOperations>(), request, caller)));
        return this;
    }

    /// <summary>The request that deletes one. It is refused while another resource uses it, as that one's kind says.</summary>
    /// <param name="arn">The member that names it.</param>
    /// <param name="delete">Deletes what belongs to it, and then the resource; null where nothing does.</param>
    public ResourceRegistration<TState, TOperations> Deletes<TRequest>(
        Func<TRequest, string> arn, Func<TOperations, TState, Task>? delete = null)
    {
        services.AddSingleton(provider => new ResourceDeletion<TState>(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<DeletionGuard>(),
            delete is null ? null : state => delete(provider.GetRequiredService<TOperations>(), state)));
        services.AddSingleton<IResourceDeletion>(provider => provider.GetRequiredService<ResourceDeletion<TState>>());
        services.AddSingleton(provider => new TenantChange<TRequest>(
            (request, caller) => provider.GetRequiredService<ResourceDeletion<TState>>().DeleteAsync(arn(request), caller)));
        return this;
    }

    /// <summary>The work that a resource waits for. A silo that starts takes it up.</summary>
    /// <param name="work">The job that it needs, and since when it waits; null for none.</param>
    public ResourceRegistration<TState, TOperations> Waits(Func<TState, JobOptions, (JobKind Kind, DateTimeOffset Since)?> work)
    {
        services.AddSingleton<IResourceWork>(provider => new ResourceWork<TState>(
            provider.GetRequiredService<Inventory>(), provider.GetRequiredService<JobOptions>(), work));
        return this;
    }
}

internal static class ResourceRegistrationExtensions
{
    /// <summary>Adds a kind of resource. Its grain is found by its type.</summary>
    public static ResourceRegistration<TState, TOperations> AddResource<TState, TOperations>(this IServiceCollection services)
        where TState : class, IResourceState<TState>
        where TOperations : class
    {
        services.AddSingleton<ResourceKind>(TState.Kind);
        services.AddSingleton<TOperations>();
        return new ResourceRegistration<TState, TOperations>(services);
    }
}
