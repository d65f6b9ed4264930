using System.Globalization;
using System.Text;

namespace Kindred.ContractGenerator;

/// <summary>The validation table of one service: a rule for every shape that its requests reach, after the rules it needs.</summary>
internal static class RuleWriter
{
    public static string Write(string serviceName, Service service)
    {
        var text = new StringBuilder(RecordWriter.Header);
        text.Append("namespace Kindred.Contracts.Protocol.Validation;\n\n");
        text.Append($"/// <summary>What {serviceName} demands of its requests.</summary>\n");
        text.Append($"internal static class {ServiceNames.File(serviceName)}Rules\n{{\n");
        foreach (var name in Reachable.InDependencyOrder(service)) WriteRule(text, service, name, service.Shapes[name]);
        text.Append("}\n");
        return text.ToString();
    }

    private static void WriteRule(StringBuilder text, Service service, string name, Shape shape)
    {
        var (rule, arguments) = shape.Type switch
        {
            "structure" => ("StructureRule", Members(shape)),
            "list" => ("ListRule", $", {shape.Element}"),
            "map" => ("MapRule", $", {shape.Key}, {shape.Value}"),
            "string" => ("TextRule", ""),
            "integer" => ("WholeNumberRule", ""),
            "double" or "float" => ("NumberRule", ""),
            "boolean" => ("FlagRule", ""),
            "timestamp" => ("TimestampRule", ""),
            _ => throw new NotSupportedException($"Shape '{name}' has the unknown type '{shape.Type}'."),
        };
        var limits = Limits(service, name, shape).ToList();
        var initializer = limits.Count == 0 ? "" : $" {{ {string.Join(", ", limits)} }}";
        text.Append($"    internal static readonly {rule} {name} = new(\"{name}\"{arguments}){initializer};\n");
    }

    private static string Members(Shape shape) => string.Concat((shape.Members ?? new Dictionary<string, Member>()).Select(member =>
        $",\n        new MemberRule(\"{member.Key}\", {member.Value.Shape}{(member.Value.Required ? ", required: true" : "")})"));

    private static IEnumerable<string> Limits(Service service, string name, Shape shape)
    {
        var unit = shape.Type switch { "string" => "Length", "list" or "map" => "Count", _ => "" };
        if (shape.Min is { } min) yield return $"Min{unit} = {min.ToString(CultureInfo.InvariantCulture)}";
        if (shape.Max is { } max) yield return $"Max{unit} = {max.ToString(CultureInfo.InvariantCulture)}";
        if (shape.Type == "float") yield return "SinglePrecision = true";
        if (shape.Pattern is { } pattern) yield return $"Pattern = new(@\"{pattern.Replace("\"", "\"\"", StringComparison.Ordinal)}\")";
        if (shape.Values is { Count: > 0 } values) yield return $"Values = [{string.Join(", ", values.Select(v => $"\"{v}\""))}]";
        if (HoldsJson(service, name)) yield return "HoldsJson = true";
        if (name == Reachable.ArnShape) yield return "IsArn = true";
        if (shape.Sensitive) yield return "Sensitive = true";
    }

    /// <summary>The contract marks the member, not the shape; a shape that were used both ways would need two rules.</summary>
    private static bool HoldsJson(Service service, string name)
    {
        var uses = service.Shapes.Values.SelectMany(s => s.Members?.Values ?? []).Where(m => m.Shape == name).Select(m => m.Jsonvalue).Distinct().ToList();
        return uses.Count <= 1
            ? uses is [true]
            : throw new NotSupportedException($"Shape '{name}' is a JSON document in one member and plain text in another.");
    }
}
