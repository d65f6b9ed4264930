using Kindred.Operations.Solutions;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>What a recipe is for, in the words of somebody who has a question and not an algorithm.</summary>
/// <param name="Title">What people call the result.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Glyph">One of <see cref="Controls.Glyph"/>.</param>
internal sealed record RecipeWords(string Title, string Question, string Glyph)
{
    private static readonly Dictionary<string, RecipeWords> Known = new(StringComparer.Ordinal)
    {
        ["aws-user-personalization-v2"] = new("Recommended for you", "What is this person likely to want next?", Controls.Glyph.UserRound),
        ["aws-similar-items"] = new("Similar items", "What goes with the item somebody looks at?", Controls.Glyph.Layers),
        ["aws-personalized-ranking-v2"] = new("In your order", "In which order does this person want to see my list?", Controls.Glyph.ListFilter),
        ["aws-trending-now"] = new("Trending now", "What is growing fastest at the moment?", Controls.Glyph.Activity),
        ["aws-popularity-count"] = new("Most popular", "What do most people take? The baseline for all others.", Controls.Glyph.Star),
        ["aws-semantic-similarity"] = new("Alike in words", "Which items mean something alike, even before anybody met them?", Controls.Glyph.FileText),
        ["aws-user-personalization"] = new("Recommended for you, first generation", "As above, with exploration that you control.", Controls.Glyph.UserRound),
        ["aws-personalized-ranking"] = new("In your order, first generation", "As above, with more settings.", Controls.Glyph.ListFilter),
        ["aws-next-best-action"] = new("Next best action", "What should I offer this person next: a sign-up, an app, a discount?", Controls.Glyph.Sparkles),
        ["aws-sims"] = new("People also took", "What do the same people take, whatever it is?", Controls.Glyph.Users),
        ["aws-item-affinity"] = new("Users for an item", "Who would want this item?", Controls.Glyph.Users),
        ["aws-item-attribute-affinity"] = new("Users for an attribute", "Who would want items like these?", Controls.Glyph.Users),
    };

    /// <summary>Those that most projects begin with, in this order; the others are a fold away.</summary>
    public static IReadOnlyList<string> Usual { get; } =
    [
        "aws-user-personalization-v2", "aws-similar-items", "aws-personalized-ranking-v2", "aws-trending-now", "aws-popularity-count",
        "aws-semantic-similarity",
    ];

    /// <summary>A recipe that has no words of its own is called by its name.</summary>
    /// <param name="description">As its catalogue describes it; used where nothing better is known.</param>
    public static RecipeWords Of(string name, string description = "") =>
        Known.GetValueOrDefault(name) ?? new(name, description, Controls.Glyph.BrainCircuit);

    /// <summary>Of an ARN such as <c>arn:aws:personalize:::recipe/aws-sims</c>; null stands for a recipe that a search chooses.</summary>
    public static RecipeWords OfArn(string? arn) =>
        arn is null ? new("Chosen by a search", "", Controls.Glyph.Sparkles) : Of(arn[(arn.LastIndexOf('/') + 1)..]);

    /// <summary>What must be there before it can be trained.</summary>
    public static string Needs(RecipeOffer recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        if (recipe.NeedsActions) return "Needs interactions, actions, and what users did about them: 50 times taken and 50 times not for a score.";
        return (recipe.NeedsTexts, recipe.NeedsItems) switch
        {
            (true, _) => "Needs items with a name and a text.",
            (_, true) => "Needs items with attributes.",
            _ => recipe.Name is "aws-similar-items" or "aws-user-personalization-v2"
                ? "Needs interactions; knows more with items." : "Needs interactions.",
        };
    }
}
