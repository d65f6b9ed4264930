using System.Diagnostics.CodeAnalysis;
using System.Net;
using Kindred.Grains.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kindred.Grains.Tests.World;

/// <summary>Silos that jobs believe to be in the cluster: a test says who comes and goes.</summary>
internal sealed class OtherSilos(ISiloStatusOracle inner) : ISiloStatusOracle
{
    private readonly Dictionary<SiloAddress, SiloStatus> _others = [];
    private readonly List<ISiloStatusListener> _listeners = [];

    public static void Add(IServiceCollection services)
    {
        services.RemoveAll<SiloMembers>();
        services.AddSingleton(provider => new OtherSilos(provider.GetRequiredService<ISiloStatusOracle>()));
        services.AddSingleton(provider => new SiloMembers(provider.GetRequiredService<OtherSilos>()));
    }

    /// <returns>The new silo, as jobs name it.</returns>
    public string Join(int port)
    {
        var silo = SiloAddress.New(IPAddress.Loopback, port, 1);
        _others[silo] = SiloStatus.Active;
        return silo.ToParsableString();
    }

    public void Leave(string silo)
    {
        var address = SiloAddress.FromParsableString(silo);
        _others[address] = SiloStatus.Dead;
        foreach (var listener in _listeners) listener.SiloStatusChangeNotification(address, SiloStatus.Dead);
    }

    public SiloStatus CurrentStatus => inner.CurrentStatus;
    public string SiloName => inner.SiloName;
    public SiloAddress SiloAddress => inner.SiloAddress;

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) =>
        _others.TryGetValue(siloAddress, out var status) ? status : inner.GetApproximateSiloStatus(siloAddress);

    public SiloAddress[] GetActiveSilos() => inner.GetActiveSilos();
    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) =>
        inner.GetApproximateSiloStatuses(onlyActive);

    public bool TryGetSiloName(SiloAddress siloAddress, [NotNullWhen(true)] out string? siloName) =>
        inner.TryGetSiloName(siloAddress, out siloName);

    public bool IsFunctionalDirectory(SiloAddress siloAddress) => inner.IsFunctionalDirectory(siloAddress);
    public bool IsDeadSilo(SiloAddress silo) => inner.IsDeadSilo(silo);

    public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer)
    {
        _listeners.Add(observer);
        return true;
    }

    public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer) => _listeners.Remove(observer);
}
