using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;

namespace Kindred.Serving.Readings;

internal static class BorrowedGroups
{
    /// <exception cref="RefusedException">ResourceNotFound, or ServiceUnavailable while the data cannot be read.</exception>
    public static async Task<Borrowed<GroupView>> BorrowExistingAsync(this GroupDirectory groups, Arn group, CancellationToken cancellationToken) =>
        await groups.BorrowAsync(group, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {group}.");
}
