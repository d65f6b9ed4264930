using System.Text;

namespace Kindred.ContractGenerator;

/// <summary>The table of every operation of the contract.</summary>
internal static class OperationWriter
{
    public static string Write(Contract contract)
    {
        var text = new StringBuilder(RecordWriter.Header);
        text.Append("using Kindred.Contracts.Protocol.Validation;\n\nnamespace Kindred.Contracts.Protocol;\n\n");
        text.Append("internal static class OperationList\n{\n");
        text.Append("    /// <summary>Every operation, in the contract's order.</summary>\n");
        text.Append("    public static IReadOnlyList<ContractOperation> All { get; } =\n    [\n");
        foreach (var (serviceName, service) in contract.Services)
        {
            foreach (var (name, operation) in service.Operations) WriteOperation(text, serviceName, service, name, operation);
        }

        text.Append("    ];\n}\n");
        return text.ToString();
    }

    private static void WriteOperation(StringBuilder text, string serviceName, Service service, string name, Operation operation)
    {
        var errors = operation.Errors.Select(e => $"new(\"{e.Shape}\", {e.DocumentedHttpStatus})");
        var arns = Reachable.ArnMembers(service, operation.Input!).Select(path => $"\"{path}\"");
        text.Append("        new()\n        {\n");
        text.Append($"            Service = ContractService.{ServiceNames.File(serviceName)}, Name = \"{name}\", Target = {Literal(operation.XAmzTarget)},\n");
        text.Append($"            Method = \"{operation.Http.Method}\", Path = \"{operation.Http.Uri}\", SuccessStatus = {operation.Http.SuccessStatus},\n");
        text.Append($"            Input = {ServiceNames.File(serviceName)}Rules.{operation.Input}, Output = {Literal(operation.Output)},\n");
        text.Append($"            Errors = [{string.Join(", ", errors)}],\n");
        text.Append($"            ArnMembers = [{string.Join(", ", arns)}],\n        }},\n");
    }

    private static string Literal(string? text) => text is null ? "null" : $"\"{text}\"";
}
