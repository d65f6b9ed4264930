using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations;

/// <summary>Which scope a key needs for an operation.</summary>
internal static class OperationScopes
{
    public static AccessScopes Required(ContractOperation operation) => operation switch
    {
        { Service: ContractService.Control } => ReadsOnly(operation.Name) ? AccessScopes.Read : AccessScopes.Control,
        { Service: ContractService.Runtime } => AccessScopes.Recommend,
        { Name: "PutEvents" or "PutActionInteractions" } => AccessScopes.Events,
        _ => AccessScopes.Records,
    };

    private static bool ReadsOnly(string name) =>
        name.StartsWith("Describe", StringComparison.Ordinal) || name.StartsWith("List", StringComparison.Ordinal) || name is "GetSolutionMetrics";
}
