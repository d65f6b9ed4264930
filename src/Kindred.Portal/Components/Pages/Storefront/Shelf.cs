namespace Kindred.Portal.Components.Pages.Storefront;

/// <summary>One place on the shelf, and how it came there since the last click.</summary>
/// <param name="Before">The place before, from 0; null when the item was not on the shelf.</param>
internal sealed record ShelfPlace(string ItemId, int Place, int? Before, string? Reason)
{
    /// <summary>Such as <c>up 3</c> or <c>new</c>; null when nothing moved.</summary>
    public string? Move => Before is not { } before ? "new" : before > Place ? $"up {before - Place}" : before < Place ? $"down {Place - before}" : null;
}

internal static class Shelf
{
    /// <param name="now">Items in their order, each with the reason that the answer gives.</param>
    /// <param name="before">Null on the first look: then nothing has moved.</param>
    public static IReadOnlyList<ShelfPlace> Arrange(IReadOnlyList<(string ItemId, string? Reason)> now, IReadOnlyList<ShelfPlace>? before) =>
        [.. now.Select((item, place) => new ShelfPlace(
            item.ItemId, place, before is null ? place : before.FirstOrDefault(b => b.ItemId == item.ItemId)?.Place, item.Reason))];
}
