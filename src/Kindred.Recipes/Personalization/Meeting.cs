namespace Kindred.Recipes.Personalization;

/// <summary>A user and an item that they have met.</summary>
/// <param name="Age">Different items met since, or baskets since; 0 = the newest.</param>
/// <param name="Count">Interactions with it, or baskets with it; at least 1.</param>
/// <param name="Type">Event type of the newest interaction, -1 = none.</param>
/// <param name="Types">Event types of all of them, a bit each; from the 63rd on they share one.</param>
/// <param name="Basket">The oldest basket that holds it, 1 = the newest of all.</param>
internal readonly record struct Meeting(int Age, int Count, int Type, ulong Types, int Basket)
{
    /// <summary>
    /// Whether an interaction of this type repeats something: what was viewed and then is bought was on its way.
    /// </summary>
    public bool IsRepeatedBy(int type) => (Types & BitOf(type)) != 0;

    public static ulong BitOf(int type) => 1UL << Math.Clamp(type + 1, 0, 63);
}
