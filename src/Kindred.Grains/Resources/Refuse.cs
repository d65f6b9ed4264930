using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Resources;

/// <summary>Refusals in the words that clients of the service know.</summary>
internal static class Refuse
{
    public static RefusedException Invalid(string sentence) => new(RefusalCode.InvalidInput, sentence);

    public static RefusedException NotFound(Arn arn) => NotFound(arn.ToString());

    public static RefusedException NotFound(string arn) => new(RefusalCode.ResourceNotFound, $"Resource Arn {arn} does not exist.");

    public static RefusedException AlreadyExists(string arn) =>
        new(RefusalCode.ResourceAlreadyExists, $"Another resource with Arn {arn} already exists");

    public static RefusedException InUse(string sentence) => new(RefusalCode.ResourceInUse, sentence);

    public static RefusedException TooMany(string sentence) => new(RefusalCode.LimitExceeded, sentence);

    /// <param name="of">What the quota is of: a plural.</param>
    public static RefusedException TooManyUnfinished(int limit, string of) => new(
        RefusalCode.LimitExceeded, $"More than {limit} resources with PENDING or IN_PROGRESS status. The quota of {of} that wait or run is {limit}.");
}
