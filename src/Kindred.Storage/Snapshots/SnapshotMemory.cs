using System.Globalization;
using Kindred.Contracts.Refusals;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// What building a snapshot may hold in memory. It grows with the different ids of a dataset and with nothing else: an import of so many
/// that others would be short of memory is refused, and the data of before stay.
/// </summary>
/// <param name="mostBytes">Bytes that a snapshot's ids may take while it is built.</param>
internal sealed class SnapshotMemory(long mostBytes)
{
    /// <returns>Whether ids may take so many bytes.</returns>
    public bool Has(long usedBytes) => usedBytes <= mostBytes;

    /// <param name="kind">What the ids are, such as <c>users</c>, for the sentence of a refusal.</param>
    /// <param name="count">How many there are so far.</param>
    /// <param name="usedBytes">What they take.</param>
    /// <exception cref="RefusedException"><see cref="RefusalCode.LimitExceeded"/>: more than an import may use.</exception>
    public void Require(string kind, int count, long usedBytes)
    {
        if (Has(usedBytes)) return;
        throw new RefusedException(RefusalCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture,
            $"The dataset has {count:N0} different {kind} or more: its import would take more memory than one may ({mostBytes:N0} bytes)."));
    }
}
