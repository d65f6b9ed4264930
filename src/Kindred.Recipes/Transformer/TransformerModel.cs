using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>A transformer that serves alone; popularity serves where it has nothing to go by.</summary>
internal sealed class TransformerModel : TrainedModel
{
    private const string Prefix = "transformer.";
    private const string PopularityAlone = "popularity";

    /// <param name="recipe">The recipe.</param>
    /// <param name="log">Items and event types.</param>
    /// <param name="transformer">Null when nobody took a second step, so that there was nothing to learn from.</param>
    /// <param name="logShares">Popularity, shape [items].</param>
    public TransformerModel(RecipeDescription recipe, InteractionLog log, SequenceTransformer? transformer, float[] logShares)
        : base(recipe, log, transformer is null ? PopularityAlone : "transformer + popularity", logShares) => Transformer = transformer;

    public TransformerModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        Transformer = Rung == PopularityAlone ? null : SequenceTransformer.Read(artifact, Prefix);
        if (Transformer is not null && Transformer.ItemCount != Items.Count)
            throw new ModelArtifactException($"The model artifact has a transformer over {Transformer.ItemCount} items and {Items.Count} ids.");
    }

    public SequenceTransformer? Transformer { get; }

    public override IReadOnlyList<string> ContextColumns => Transformer?.ContextColumns ?? [];

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        if (Transformer is not null && Transformer.Knows(query))
            Transformer.Score(query, scores);
        else
            LogShares.Span.CopyTo(scores);
        return default;
    }

    protected override bool Knows(ReadOnlySpan<byte> user) => Transformer is not null && Transformer.Knows(new ScoreQuery { User = user });

    protected override void Write(ArtifactWriter writer) => Transformer?.Write(writer, Prefix);
}
