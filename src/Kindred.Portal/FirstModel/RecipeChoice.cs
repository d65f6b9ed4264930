namespace Kindred.Portal.FirstModel;

/// <summary>A recipe in plain words.</summary>
/// <param name="Name">Of the recipe in the contract.</param>
/// <param name="Title">What it does for whoever sees the result.</param>
/// <param name="Text">When to take it, in one sentence.</param>
/// <param name="NeedsItem">Recommendations are asked for with an item in place of a user.</param>
public sealed record RecipeChoice(string Name, string Title, string Text, bool NeedsItem = false)
{
    public string Arn => Kindred.Contracts.Arns.Arn.Recipe(Name).ToString();

    /// <summary>Those that most projects begin with; the first is the one to take when in doubt.</summary>
    public static IReadOnlyList<RecipeChoice> Usual { get; } =
    [
        new("aws-user-personalization-v2", "For each person", "What this person is likely to want next. Right for home pages, feeds and mails."),
        new("aws-similar-items", "More like this", "Items that go with the one somebody looks at. Right for product and detail pages.", NeedsItem: true),
        new("aws-popularity-count", "Popular", "What most people take, the same for everybody. A baseline, and a fallback."),
        new("aws-trending-now", "Trending", "What grows fastest just now. Right for news and for shops with seasons."),
    ];

    public static RecipeChoice Of(string name) => Usual.FirstOrDefault(choice => choice.Name == name) ?? new(name, name, "");
}
