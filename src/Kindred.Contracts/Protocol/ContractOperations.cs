using System.Collections.Frozen;

namespace Kindred.Contracts.Protocol;

/// <summary>Every operation of the contract, and how a request finds its own.</summary>
public static class ContractOperations
{
    /// <summary>The three services' operations, in the contract's order.</summary>
    public static IReadOnlyList<ContractOperation> All => OperationList.All;

    private static readonly FrozenDictionary<string, ContractOperation> ByName = All.ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ContractOperation> ByTarget =
        All.Where(o => o.Target is not null).ToFrozenDictionary(o => o.Target!, StringComparer.Ordinal);

    public static ContractOperation? Find(string name) => ByName.GetValueOrDefault(name);

    /// <param name="target">The value of <c>X-Amz-Target</c>, such as <c>AmazonPersonalize.CreateCampaign</c>.</param>
    public static ContractOperation? FindByTarget(string target) => ByTarget.GetValueOrDefault(target);
}
