using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;

namespace Kindred.Operations;

/// <summary>The first lines of every service beside the contract: may the principal, and is what they ask for theirs.</summary>
internal static class OwnResources
{
    /// <param name="action">As <see cref="Principal.Require"/> takes it, such as <c>solutions:Describe</c>.</param>
    /// <exception cref="RefusedException">
    /// AccessDenied: the principal lacks the scope. ResourceNotFound: the resource is another account's, as if there were none.
    /// </exception>
    public static void RequireOwn(this Principal principal, AccessScopes scope, string action, Arn resource)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(scope, action);
        if (resource.Account != principal.Account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {resource}.");
    }
}
