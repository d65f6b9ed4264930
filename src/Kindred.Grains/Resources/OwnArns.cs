using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Resources;

/// <summary>Reads the ARNs of a request as resources of its caller.</summary>
internal static class OwnArns
{
    /// <exception cref="RefusedException">Not an ARN of this kind; an ARN of another account is simply not there.</exception>
    public static Arn Own<TState>(this Caller caller, string text) where TState : class, IResourceState<TState> =>
        caller.Own(TState.Kind.Expect(text));

    /// <exception cref="RefusedException">An ARN of another account is simply not there.</exception>
    public static Arn Own(this Caller caller, Arn arn) =>
        arn.Account == caller.Account && arn.Region == caller.Region ? arn : throw Refuse.NotFound(arn);

    /// <summary>The ARN of a resource that the caller is about to name.</summary>
    /// <exception cref="RefusedException">It is not a name that a resource can have.</exception>
    public static Arn Name<TState>(this Caller caller, string name) where TState : class, IResourceState<TState> =>
        TState.Kind.ArnOf(caller.Region, caller.Account, name).Checked();

    /// <summary>An ARN as the door composed it from a name; a name that does not fit is a bug of the door, caught here.</summary>
    public static Arn Checked(this Arn composed) =>
        Arn.TryParse(composed.ToString(), out _)
            ? composed
            : throw Refuse.Invalid($"'{composed.Name}' is not a name that a {composed.Type} can have.");
}
