namespace Kindred.Demo.Shop;

/// <summary>A made-up shop: what it sells, who buys there, and what they did, oldest first.</summary>
internal sealed record SyntheticShop(
    IReadOnlyList<ShopItem> Items, IReadOnlyList<ShopUser> Users, IReadOnlyList<ShopInteraction> Interactions);

/// <param name="CreatedAt">Epoch seconds.</param>
internal sealed record ShopItem(string Id, string Name, string Category, string Style, double Price, string Description, long CreatedAt);

internal sealed record ShopUser(string Id, string Name, string AgeGroup, string Membership);

/// <param name="User">Index into <see cref="SyntheticShop.Users"/>.</param>
/// <param name="Item">Index into <see cref="SyntheticShop.Items"/>.</param>
/// <param name="Timestamp">Epoch seconds.</param>
internal readonly record struct ShopInteraction(int User, int Item, ShopEvent Event, long Timestamp);

internal enum ShopEvent
{
    View,
    AddToCart,
    Purchase,
}
