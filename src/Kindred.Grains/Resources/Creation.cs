using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Resources;

/// <summary>Makes each resource once, however often a client repeats the call.</summary>
internal static class Creation
{
    /// <returns>Whether the very same call made the resource already, so that it only needs its answer again.</returns>
    /// <exception cref="RefusedException">Another call made it.</exception>
    public static async Task<bool> IsRepeatAsync<TState>(this IGrainFactory grains, Arn arn, Caller caller)
        where TState : class, IResourceState<TState>
    {
        if (await grains.FindAsync<TState>(arn) is not { } existing) return false;
        return IsRepeat(existing.Origin, caller) ? true : throw Refuse.AlreadyExists(arn.ToString());
    }

    public static bool IsRepeat(ResourceOrigin origin, Caller caller) =>
        caller.InvocationId is not null && origin.InvocationId == caller.InvocationId;

    public static ResourceOrigin Origin(this Caller caller, IReadOnlyList<Tag>? tags) => new()
    {
        InvocationId = caller.InvocationId,
        Tags = TagRules.Check(tags),
    };
}
