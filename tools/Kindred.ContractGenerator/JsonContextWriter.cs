using System.Text;

namespace Kindred.ContractGenerator;

/// <summary>The System.Text.Json source-generation context for every request and response of the contract.</summary>
internal static class JsonContextWriter
{
    public static string Write(Contract contract)
    {
        var text = new StringBuilder(RecordWriter.Header);
        text.Append("using System.Text.Json.Serialization;\n\nnamespace Kindred.Contracts.Protocol;\n\n");
        text.Append("/// <summary>How requests and responses of the contract are read from and written to JSON: absent members are left out.</summary>\n");
        text.Append("[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]\n");
        foreach (var (serviceName, service) in contract.Services)
        {
            var shapes = service.Operations.Values.SelectMany(o => new[] { o.Input, o.Output }).OfType<string>().Distinct().Order(StringComparer.Ordinal);
            foreach (var shape in shapes)
            {
                var type = $"{ServiceNames.Namespace(serviceName)}.{shape}";
                text.Append($"[JsonSerializable(typeof({type}), TypeInfoPropertyName = \"{ServiceNames.File(serviceName)}{shape}\")]\n");
            }

            // Structures share short names across services, so each gets a property name of its own.
            foreach (var (name, shape) in service.Shapes)
            {
                if (shape.Type != "structure" || shape.Exception || shapes.Contains(name)) continue;
                text.Append($"[JsonSerializable(typeof({ServiceNames.Namespace(serviceName)}.{name}), TypeInfoPropertyName = \"{ServiceNames.File(serviceName)}{name}\")]\n");
            }
        }

        text.Append("public sealed partial class WireJson : JsonSerializerContext;\n");
        return text.ToString();
    }
}
