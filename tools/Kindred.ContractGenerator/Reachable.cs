namespace Kindred.ContractGenerator;

/// <summary>What the requests of a service are made of.</summary>
internal static class Reachable
{
    /// <summary>The shape of every ARN of the service itself; roles and encryption keys have shapes of their own.</summary>
    public const string ArnShape = "Arn";

    /// <summary>Every shape that a request reaches, each after the shapes it is made of.</summary>
    public static IReadOnlyList<string> InDependencyOrder(Service service)
    {
        var ordered = new List<string>();
        var entered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in service.Operations.Values) Visit(operation.Input!);
        return ordered;

        void Visit(string name)
        {
            if (ordered.Contains(name)) return;
            if (!entered.Add(name)) throw new NotSupportedException($"Shape '{name}' contains itself.");
            foreach (var part in Parts(service.Shapes[name])) Visit(part);
            ordered.Add(name);
        }
    }

    /// <summary>Where a request may name a resource: paths such as <c>promotions[].filterArn</c>.</summary>
    public static IEnumerable<string> ArnMembers(Service service, string shapeName, string path = "")
    {
        var shape = service.Shapes[shapeName];
        return shape.Type switch
        {
            "structure" => (shape.Members ?? new Dictionary<string, Member>()).SelectMany(m => ArnMembers(service, m.Value.Shape, path.Length == 0 ? m.Key : $"{path}.{m.Key}")),
            "list" => ArnMembers(service, shape.Element!, $"{path}[]"),
            "map" => ArnMembers(service, shape.Value!, $"{path}{{}}"),
            _ => shapeName == ArnShape ? [path] : [],
        };
    }

    private static IEnumerable<string> Parts(Shape shape) => shape.Type switch
    {
        "structure" => (shape.Members?.Values ?? []).Select(m => m.Shape),
        "list" => [shape.Element!],
        "map" => [shape.Key!, shape.Value!],
        _ => [],
    };
}
