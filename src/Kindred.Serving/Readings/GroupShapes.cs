using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Tuning;

namespace Kindred.Serving.Readings;

/// <summary>The size of a dataset group's data, which the cost of a training depends on.</summary>
public sealed class GroupShapes(GroupDirectory groups)
{
    /// <summary>Of what was imported and compacted. Of each user no more is counted than histories keep.</summary>
    /// <exception cref="RefusedException">ResourceNotFound: there is no such group. ServiceUnavailable: its data cannot be opened.</exception>
    public async Task<DataShape> MeasureAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        using var group = await groups.BorrowExistingAsync(datasetGroup, cancellationToken);
        var (view, history) = (group.Value, group.Value.History);
        var (steps, pairs) = (0L, 0.0);
        foreach (var length in history?.EventsPerUser() ?? [])
        {
            steps += Math.Min(length, 200);
            pairs += (double)length * length;
        }
        var interactions = view.Data.Find(DatasetTypes.Interactions);
        return new DataShape
        {
            Interactions = interactions?.BulkSegments.Concat(interactions.StreamedSegments).Sum(segment => segment.RowCount) ?? 0,
            Users = history?.UserCount ?? 0, Items = Math.Max(history?.ItemIds.Count ?? 0, view.Items.Catalog?.Count ?? 0),
            Steps = steps, Pairs = pairs,
        };
    }
}
