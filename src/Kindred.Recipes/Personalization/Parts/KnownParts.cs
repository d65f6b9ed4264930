using Kindred.Recipes.Als;
using Kindred.Recipes.Content;
using Kindred.Recipes.Ease;
using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>Every member that the ensemble knows. Those that it can best do without come last.</summary>
internal static class KnownParts
{
    /// <summary>EASE inverts a matrix of this size in a few seconds, and keeps its rows in at most 100 MB.</summary>
    private const long MaxEaseItems = 10_000;

    /// <summary>Beyond it, sessions and factors would take longer to train than the transformer, which then is the better use of the time.</summary>
    private const long MaxInteractions = 30_000_000;

    /// <summary>Beyond it, the baskets of all users would take 300 MB to serve.</summary>
    private const long MaxBasketInteractions = 15_000_000;

    public static IReadOnlyList<PartKind> All { get; } =
    [
        new()
        {
            Name = "transformer", Key = "transformer", Effort = 100, IsTrainedOnce = true,
            Train = Transformer,
            Read = (artifact, prefix, shares) => Transformer(SequenceTransformer.Read(artifact, prefix), shares),
        },
        new()
        {
            Name = "sequence statistics", Key = "sequence", IsCounted = true,
            Train = training => MatrixPart.Sequence(
                new SequenceStatistics(training.Options.MaxLag)
                    .Train(Sequences.Of(training.Data.Interactions), Rows.MaxPerItem(training.Shares.ItemCount), training.Run),
                training.Shares),
            Read = (artifact, prefix, shares) => MatrixPart.Sequence(Rows.Read(artifact, prefix, shares.ItemCount), shares),
        },
        new()
        {
            Name = "recent popularity", Key = "recent", IsCounted = true,
            Train = training =>
                RecentPopularity.Train(training.Data.Interactions, training.Shares.Logs.Span) is { } recent ? new RecentPart(recent) : null,
            Read = (artifact, prefix, shares) => new RecentPart(RecentPopularity.Read(artifact, prefix, shares.ItemCount)),
        },
        new()
        {
            Name = "item-kNN", Key = "neighbours", IsCounted = true,
            Train = training => MatrixPart.Neighbours(
                new ItemNeighbours().Train(
                    UserItems.Of(training.Data.Interactions, ItemNeighbours.MaxItemsPerUser, default),
                    Rows.MaxPerItem(training.Shares.ItemCount), training.Run),
                training.Shares),
            Read = (artifact, prefix, shares) => MatrixPart.Neighbours(Rows.Read(artifact, prefix, shares.ItemCount), shares),
        },
        new()
        {
            Name = "basket neighbours", Key = "baskets", IsCounted = true,
            IsAffordable = shape => shape.IsOfBaskets && shape.Interactions <= MaxBasketInteractions,
            Train = training => OfBaskets(BasketNeighbours.Train(training.Data.Interactions, training.Run), training.Shares),
            Read = (artifact, prefix, shares) => OfBaskets(BasketNeighbours.Read(artifact, prefix, shares.ItemCount), shares),
        },
        new()
        {
            Name = "content", Key = "content", Effort = 2,
            Train = training => training.Data.Items is { } items && items.Categories.Count + items.Numbers.Count + items.Texts.Count > 0
                ? Content(ContentVectors.Train(training.Data, new ContentOptions(), training.Run), training.Shares) : null,
            Read = (artifact, prefix, shares) => Content(ContentVectors.Read(artifact, prefix), shares),
        },
        new()
        {
            Name = "iALS", Key = "ials", Effort = 3, IsAffordable = shape => shape.Interactions <= MaxInteractions,
            Train = training => Factors(AlsFactors.Train(training.Data, new AlsOptions(), training.Run), training.Shares),
            Read = (artifact, prefix, shares) => Factors(AlsFactors.Read(artifact, prefix, shares.ItemCount), shares),
        },
        new()
        {
            Name = "EASE", Key = "ease", Effort = 2, IsAffordable = shape => shape.Items <= MaxEaseItems,
            Train = training => Ease(EaseWeights.Train(training.Data, new EaseOptions(), training.Run), training.Shares),
            Read = (artifact, prefix, shares) => Ease(EaseWeights.Read(artifact, prefix, shares.ItemCount), shares),
        },
        new()
        {
            Name = "session neighbours", Key = "sessions", IsAffordable = shape => shape.Interactions <= MaxInteractions,
            Train = Sessions,
            Read = (artifact, prefix, shares) => Sessions(SessionNeighbours.Read(artifact, prefix), shares),
        },
    ];

    public static TransformerOptions TransformerOptionsOf(EnsembleOptions options)
    {
        var defaults = new TransformerOptions();
        return defaults with
        {
            HiddenDimension = options.Width ?? defaults.HiddenDimension,
            MaxLength = options.MaxLength ?? defaults.MaxLength,
            CheckpointName = "ensemble-transformer",
        };
    }

    private static MemberPart? Transformer(PartTraining training)
    {
        var log = training.Data.Interactions;
        if (!Enumerable.Range(0, log.UserIds.Count).Any(user => StepBuffer.CountOf(log, user) > 1))
            return null; // nothing follows anything
        var start = training is { Codes: { } codes, Before: MemberPart { Member: SequenceTransformer before } } ? before.Remapped(codes) : null;
        return Transformer(SequenceTransformer.Train(training.Data, TransformerOptionsOf(training.Options), training.Run, start), training.Shares);
    }

    private static MemberPart Transformer(SequenceTransformer member, ItemShares shares) => MemberPart.OfLogits("transformer", member, shares, 0.6f);

    private static MemberPart Content(ContentVectors member, ItemShares shares) => MemberPart.OfAmounts("content", member, shares, 0.05f);

    private static MemberPart OfBaskets(BasketNeighbours member, ItemShares shares) =>
        MemberPart.OfAmounts("basket neighbours", member, shares, 0.2f);

    private static MemberPart Factors(AlsFactors member, ItemShares shares) => MemberPart.OfAmounts("iALS", member, shares, 0.1f);

    private static MemberPart Ease(EaseWeights member, ItemShares shares) => MemberPart.OfAmounts("EASE", member, shares, 0.1f);

    private static MemberPart Sessions(PartTraining training)
    {
        var options = training.Before is MemberPart { Member: SessionNeighbours before }
            ? before.Options
            : SessionNeighboursSearch.Choose(training.Data, new SessionNeighboursOptions(), training.Run.Part(0, 0.7));
        return Sessions(SessionNeighbours.Train(training.Data, options, training.Run.Part(0.7, 1)), training.Shares);
    }

    private static MemberPart Sessions(SessionNeighbours member, ItemShares shares) =>
        MemberPart.OfAmounts("session neighbours", member, shares, 0.15f);
}
