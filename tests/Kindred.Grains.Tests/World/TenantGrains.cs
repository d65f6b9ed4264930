using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;

namespace Kindred.Grains.Tests.World;

/// <summary>
/// Grains as the requests of their own tenant reach them: every call is made in the name of the account that the grain belongs to. What
/// the service does by itself enters by itself, or fails.
/// </summary>
internal sealed class TenantGrains(IGrainFactory grains)
{
    public T GetGrain<T>(string key) where T : class, IGrainWithStringKey => Entering(grains.GetGrain<T>(key), key);

    public T GetGrain<T>(GrainId id) where T : class, IAddressable => Entering(grains.GetGrain<T>(id), id.Key.ToString()!);

    /// <returns>The state of a resource; null if there is none.</returns>
    public Task<TState?> FindAsync<TState>(string arn) where TState : class, IResourceState<TState> =>
        GetGrain<IResource<TState>>(GrainId.Create(TState.Kind.GrainType, arn)).FindAsync();

    /// <summary>In the name of the account that a grain with this key belongs to; the service's, for a grain of nobody.</summary>
    public static CallerScope Enter(string key) => TenantIsolationFilter.AccountOf(key) is { } account
        ? CallerContext.Enter(Principal.OfPerson(account, "test", AccessScopes.All))
        : CallerContext.EnterService(account: null, "test");

    private static T Entering<T>(T grain, string key) where T : class, IAddressable
    {
        if (typeof(T).Namespace == "Orleans") return grain; // the runtime calls in nobody's name
        var proxy = DispatchProxy.Create<T, Entry>();
        ((Entry)(object)proxy).Set(grain, key);
        return proxy;
    }

    [SuppressMessage("Performance", "CA1852", Justification = "The proxy is a type derived from it.")]
    private class Entry : DispatchProxy
    {
        private object? _grain;
        private string _key = "";

        public void Set(object grain, string key) => (_grain, _key) = (grain, key);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            // A call takes its context along when it is made, so the entry may end before the answer comes.
            using var entered = Enter(_key);
            return targetMethod!.Invoke(_grain, BindingFlags.DoNotWrapExceptions, null, args, null);
        }
    }
}
