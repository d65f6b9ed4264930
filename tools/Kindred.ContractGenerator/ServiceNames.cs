namespace Kindred.ContractGenerator;

/// <summary>How the three services of the contract are named in C#.</summary>
internal static class ServiceNames
{
    public static string File(string service) => service switch
    {
        "personalize" => "Control",
        "personalize-runtime" => "Runtime",
        "personalize-events" => "Events",
        _ => throw new NotSupportedException($"The contract has a service '{service}' that this generator does not know."),
    };

    /// <summary>The control plane owns the plain namespace; shapes of the other two would clash with it (MetricAttribution).</summary>
    public static string Namespace(string service) =>
        service == "personalize" ? "Kindred.Contracts.Protocol" : $"Kindred.Contracts.Protocol.{File(service)}";

    public static string Property(string member) => char.ToUpperInvariant(member[0]) + member[1..];
}
