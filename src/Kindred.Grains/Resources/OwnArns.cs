using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Resources;

/// <summary>Reads the ARNs of a request as resources of its caller.</summary>
internal static class OwnArns
{
    /// <exception cref="RefusedException">Not such an ARN; an ARN of another account is simply not there.</exception>
    public static Arn Own(this Caller caller, string text, string type)
    {
        if (!Arn.TryParse(text, out var arn) || arn.Type != type)
            throw Refuse.Invalid($"'{text}' is not the ARN of a {type}.");
        return arn.Account == caller.Account && arn.Region == caller.Region ? arn : throw Refuse.NotFound(text);
    }

    /// <summary>An ARN as the door composed it from a name; a name that does not fit is a bug of the door, caught here.</summary>
    public static Arn Checked(this Arn composed) =>
        Arn.TryParse(composed.ToString(), out _)
            ? composed
            : throw Refuse.Invalid($"'{composed.Name}' is not a name that a {composed.Type} can have.");
}
