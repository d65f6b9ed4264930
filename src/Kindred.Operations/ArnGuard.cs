using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;
using Kindred.Contracts.Refusals;

namespace Kindred.Operations;

/// <summary>
/// Refuses a request that names another tenant's resource before any handler sees it, in the same words whether the
/// resource exists or not. Grains check once more behind the door.
/// </summary>
internal static class ArnGuard
{
    private static readonly string[] ServiceOwned = [ResourceTypes.Recipe, ResourceTypes.Algorithm, ResourceTypes.FeatureTransformation];

    /// <exception cref="RefusedException">An ARN is not this service's, or not this caller's.</exception>
    public static void Check(IReadOnlyList<ArnMember> arns, ContractOperation operation, Caller caller)
    {
        for (var i = 0; i < arns.Count; i++) Check(arns[i], operation, caller);
    }

    private static void Check(ArnMember member, ContractOperation operation, Caller caller)
    {
        if (!Arn.TryParse(member.Value, out var arn))
        {
            throw new RefusedException(RefusalCode.InvalidInput,
                $"'{member.Value}' at '{member.Path}' is not an ARN of the form "
                + $"arn:aws:personalize:{caller.Region}:{caller.Account}:type/name.");
        }

        // Recipes and their kin belong to nobody; nothing else may leave out its owner.
        if (arn is { Account: "", Region: "" } && ServiceOwned.Contains(arn.Type)) return;

        if (arn.Account != caller.Account)
        {
            throw new RefusedException(RefusalCode.AccessDenied,
                $"Account {caller.Account} is not authorized to perform: personalize:{operation.Name} on resource: {member.Value}");
        }

        if (arn.Region != caller.Region)
        {
            throw new RefusedException(RefusalCode.ResourceNotFound,
                $"'{member.Value}' at '{member.Path}' is in the region '{arn.Region}'; this deployment serves '{caller.Region}'.");
        }
    }
}
