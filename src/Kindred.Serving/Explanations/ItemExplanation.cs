namespace Kindred.Serving.Explanations;

/// <summary>Why an item stands where it stands in somebody's recommendations.</summary>
/// <param name="Members">What each member of the model adds, the strongest first; empty where the model is not made of members.</param>
/// <param name="PastItems">What the user did before that speaks for the item, the strongest first.</param>
public sealed record ItemExplanation(string ItemId, IReadOnlyList<MemberShare> Members, IReadOnlyList<PastItemWeight> PastItems);

/// <param name="Contribution">Log-odds above those of an average item; below 0 when the member speaks against the item.</param>
public sealed record MemberShare(string Name, double Contribution);

/// <param name="Weight">By how much the logarithm of the item's probability falls when the past item is left out of the history.</param>
public sealed record PastItemWeight(string ItemId, double Weight);

/// <param name="Recipe">Name of the recipe that answers.</param>
/// <param name="Rung">Which models the one that answers is made of.</param>
/// <param name="IsFallback">Nothing is known of the user: what is popular is recommended.</param>
/// <param name="PastItemsTried">Different items of the history that were left out, one after the other.</param>
public sealed record AnswerExplanation(
    string Recipe, string Rung, bool IsFallback, int PastItemsTried, IReadOnlyList<ItemExplanation> Items);
