using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>Every member that the ensemble knows, cheapest first.</summary>
internal static class KnownParts
{
    public static IReadOnlyList<PartKind> All { get; } =
    [
        new()
        {
            Name = "recent popularity", Key = "recent", IsCounted = true,
            Train = training => RecentPopularity.Train(training.Data.Interactions, training.Shares.Logs.Span) is { } recent ? new RecentPart(recent) : null,
            Read = (artifact, prefix, shares) => new RecentPart(RecentPopularity.Read(artifact, prefix, shares.ItemCount)),
        },
        new()
        {
            Name = "sequence statistics", Key = "sequence", IsCounted = true,
            Train = training => MatrixPart.Sequence(
                new SequenceStatistics(training.Options.MaxLag).Train(Sequences.Of(training.Data.Interactions), Rows.MaxPerItem(training.Shares.ItemCount), training.Run),
                training.Shares),
            Read = (artifact, prefix, shares) => MatrixPart.Sequence(Rows.Read(artifact, prefix, shares.ItemCount), shares),
        },
        new()
        {
            Name = "item-kNN", Key = "neighbours", IsCounted = true,
            Train = training => MatrixPart.Neighbours(
                new ItemNeighbours().Train(
                    UserItems.Of(training.Data.Interactions, ItemNeighbours.MaxItemsPerUser, default), Rows.MaxPerItem(training.Shares.ItemCount), training.Run),
                training.Shares),
            Read = (artifact, prefix, shares) => MatrixPart.Neighbours(Rows.Read(artifact, prefix, shares.ItemCount), shares),
        },
    ];
}
