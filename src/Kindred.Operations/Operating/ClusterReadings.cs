using System.Diagnostics;
using Kindred.Contracts.Access;
using Kindred.Serving;
using Orleans.Runtime;

namespace Kindred.Operations.Operating;

/// <summary>What the deployment consists of at the moment: needs the scope <c>operator</c>.</summary>
public sealed class ClusterReadings(IGrainFactory grains, ModelStore models)
{
    private const int MostTypes = 20;

    /// <exception cref="Contracts.Refusals.RefusedException">AccessDenied: the principal operates nothing.</exception>
    public async Task<ClusterReading> ReadAsync(Principal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Operator, "cluster:Describe");
        var management = grains.GetGrain<IManagementGrain>(0);
        var hosts = await management.GetDetailedHosts(onlyActive: false);
        var active = hosts.Where(host => host.Status is SiloStatus.Active).Select(host => host.SiloAddress).ToArray();
        var statistics = (await management.GetRuntimeStatistics(active)).Zip(active).ToDictionary(pair => pair.Second, pair => pair.First);
        var counts = await management.GetSimpleGrainStatistics();
        using var process = Process.GetCurrentProcess();
        return new ClusterReading(
            [.. hosts.OrderBy(host => host.Status).ThenBy(host => host.StartTime).Select(host => Silo(host, statistics.GetValueOrDefault(host.SiloAddress)))],
            [.. counts.GroupBy(count => ShortName(count.GrainType)).Select(type => (type.Key, type.Sum(count => (long)count.ActivationCount)))
                .OrderByDescending(type => type.Item2).Take(MostTypes)],
            models.MappedBytes, models.OpenModels, process.WorkingSet64, DateTime.Now - process.StartTime);
    }

    private static SiloReading Silo(MembershipEntry host, SiloRuntimeStatistics? statistics) => new(
        host.SiloAddress.ToString(), host.Status.ToString(), host.HostName, new DateTimeOffset(host.StartTime, TimeSpan.Zero),
        statistics?.ActivationCount, statistics?.EnvironmentStatistics.FilteredCpuUsagePercentage / 100, statistics?.EnvironmentStatistics.FilteredMemoryUsageBytes);

    /// <summary>Without namespace and assembly, as <c>JobGrain</c>.</summary>
    private static string ShortName(string type)
    {
        var plain = type.Split(',')[0];
        return plain[(plain.LastIndexOf('.') + 1)..];
    }
}
