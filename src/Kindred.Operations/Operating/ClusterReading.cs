namespace Kindred.Operations.Operating;

/// <summary>The processes of the deployment.</summary>
/// <param name="Activations">Grains in memory by type, the most frequent first.</param>
/// <param name="ModelBytes">Models that the process which answers has mapped.</param>
/// <param name="ProcessBytes">Memory of the process which answers.</param>
public sealed record ClusterReading(
    IReadOnlyList<SiloReading> Silos, IReadOnlyList<(string Type, long Count)> Activations, long ModelBytes, int Models, long ProcessBytes, TimeSpan Up);

/// <param name="Address">Host, port and incarnation.</param>
/// <param name="Status">Such as <c>Active</c>.</param>
/// <param name="Activations">Grains in its memory; null when it does not answer.</param>
/// <param name="Cpu">Share of its processors that are busy, 0..1.</param>
/// <param name="MemoryBytes">Memory that it uses.</param>
public sealed record SiloReading(string Address, string Status, string? Host, DateTimeOffset? StartedAt, long? Activations, double? Cpu, long? MemoryBytes);
