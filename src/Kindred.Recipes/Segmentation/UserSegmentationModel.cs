using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Segmentation;

/// <summary>Ranks users for items; scores items for a user by the same factors.</summary>
internal sealed class UserSegmentationModel : MemberModel, IUserSegmentation
{
    private readonly SegmentScorer _scorer;
    private readonly SegmentRule _rule;
    private readonly ItemAttributes? _attributes;

    public UserSegmentationModel(
        RecipeDescription recipe, InteractionLog log, float[] logShares, SegmentScorer scorer, SegmentRule rule, ItemAttributes? attributes)
        : base(recipe, log, rule.Rung, logShares, scorer.Factors) => (Users, _scorer, _rule, _attributes) = (log.UserIds, scorer, rule, attributes);

    public UserSegmentationModel(RecipeDescription recipe, ModelArtifact artifact)
        : base(recipe, artifact, (file, _, items) => Als.AlsFactors.Read(file, "factors", items))
    {
        using var lease = artifact.Lease();
        Users = artifact.Ids("users");
        _scorer = SegmentScorer.Read(artifact, Items.Count, Users.Count);
        _rule = artifact.Tensor<float>("rule").Span is [var share, var countsActivity, var putsKnownLast]
            ? new SegmentRule(share, countsActivity != 0, putsKnownLast != 0)
            : throw new ModelArtifactException("The model artifact has no rule to rank users by.");
        _attributes = artifact.Metadata.ContainsKey("attributes") ? ItemAttributes.Read(artifact) : null;
    }

    public IdTable Users { get; }

    public int RankUsers(int item, Span<int> best)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)item, (uint)Items.Count, nameof(item));
        var isMatching = new bool[Items.Count];
        isMatching[item] = true;
        using var lease = Lease();
        return _scorer.Rank(isMatching, _rule, best);
    }

    public int RankUsers(ItemAttributeQuery query, Span<int> best)
    {
        if (_attributes is null)
            throw new FormatException($"A model of {Recipe.Name} trained without item attributes answers no query for them.");
        var isMatching = _attributes.Match(query, Items.Count);
        using var lease = Lease();
        return _scorer.Rank(isMatching, _rule, best);
    }

    protected override void Write(ArtifactWriter writer)
    {
        _scorer.Write(writer);
        writer.Ids("users", Users)
            .Tensor<float>("rule", new[] { _rule.CountShare, _rule.CountsActivity ? 1 : 0, _rule.PutsKnownLast ? 1 : 0 });
        if (_attributes is null)
            return;
        writer.Fact("attributes", "true");
        _attributes.Write(writer);
    }
}
