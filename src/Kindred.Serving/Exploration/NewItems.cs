using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Contracts.Datasets;
using Kindred.Files.Csv;
using Kindred.Numerics.Ranking;
using Kindred.Recipes;
using Kindred.Serving.Items;
using Kindred.Serving.Records;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Exploration;

/// <summary>
/// The items of a space that its model has not met, ready to be ranked for a user: by the categorical values that they
/// share with what the user did, then differently for every user, so that each new item is shown to somebody.
/// </summary>
internal sealed class NewItems
{
    /// <summary>Most new items held; the newest stay.</summary>
    internal const int Capacity = 2_000;

    private readonly NewItem[] _items;
    private readonly CategoryCodes _codes;

    private NewItems(NewItem[] items, CategoryCodes codes) => (_items, _codes) = (items, codes);

    public int Count => _items.Length;

    /// <param name="space">Where the items are.</param>
    /// <param name="schema">Of the items dataset; null when there is none, and so no new item.</param>
    public static NewItems Find(ItemSpace space, ParsedSchema? schema)
    {
        var codes = new CategoryCodes(schema, space.Rows?.Catalog);
        if (schema is null) return new NewItems([], codes);
        var created = RecordColumn.Of(ColumnNames.CreationTimestamp, space.Rows?.Catalog);
        var found = new List<(int Item, string Id, long CreatedAt)>();
        foreach (var (item, live) in space.Live)
        {
            if (item >= space.MetItems) found.Add((item, live.Id, CreatedAt(live, created)));
        }
        foreach (var row in space.Rows?.NewestUnmet ?? [])
        {
            var item = space.Rows!.ItemOf(row);
            if (!space.Live.ContainsKey(item))
                found.Add((item, space.IdOf(item), space.Rows.Catalog.CreationTimestamp(row) ?? long.MaxValue));
        }
        found.Sort(static (a, b) => a.CreatedAt != b.CreatedAt ? b.CreatedAt.CompareTo(a.CreatedAt) : string.CompareOrdinal(a.Id, b.Id));

        var items = new NewItem[Math.Min(found.Count, Capacity)];
        for (var i = 0; i < items.Length; i++)
        {
            var (item, id, createdAt) = found[i];
            items[i] = new NewItem(item, id, createdAt, codes.Of(space, item));
        }
        return new NewItems(items, codes);
    }

    /// <summary>Ranks the new items for a user.</summary>
    /// <param name="space">The space they were found in.</param>
    /// <param name="userId">Decides between equals.</param>
    /// <param name="history">What the user did, oldest first, in items of the model.</param>
    /// <param name="met">Items that the user has had an event with: not new to them, but of their taste.</param>
    /// <param name="excluded">Items that may not be shown.</param>
    /// <param name="createdSince">Epoch seconds; older items are left out.</param>
    /// <param name="best">Receives items of the space, best first; its length is the most that are wanted.</param>
    /// <returns>How many were found.</returns>
    public int Rank(
        ItemSpace space, string userId, ReadOnlySpan<HistoryEvent> history, ItemBits met, ItemBits excluded, long createdSince,
        Span<int> best)
    {
        if (best.IsEmpty || _items.Length == 0) return 0;
        var taste = ArrayPool<float>.Shared.Rent(_codes.Count + 1);
        var scores = ArrayPool<float>.Shared.Rent(_items.Length);
        try
        {
            _codes.ReadTaste(space, history, met, taste.AsSpan(0, _codes.Count));
            var user = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(userId.AsSpan()));
            for (var i = 0; i < _items.Length; i++)
            {
                var item = _items[i];
                var isOut = item.CreatedAt < createdSince || met[item.Item] || excluded[item.Item];
                scores[i] = isOut ? float.NegativeInfinity : Shared(item, taste) + Turn(user, item.ItemId);
            }
            var found = TopK.Select(scores.AsSpan(0, _items.Length), [], best);
            for (var i = 0; i < found; i++) best[i] = _items[best[i]].Item;
            return found;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
            ArrayPool<float>.Shared.Return(taste);
        }
    }

    // Divided by the root of their number, so that an item gains nothing by naming every category.
    private static float Shared(NewItem item, float[] taste)
    {
        var sum = 0f;
        foreach (var code in item.Categories) sum += taste[code];
        return item.Categories.Length == 0 ? 0 : sum / MathF.Sqrt(item.Categories.Length);
    }

    /// <returns>Decides between equals: 0 to 0.001, the same for the same user and item.</returns>
    private static float Turn(ulong user, string itemId) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(itemId.AsSpan()), (long)user) / (float)ulong.MaxValue * 0.001f;

    private static long CreatedAt(LiveRecord item, RecordColumn created) =>
        item.Value(created.Key) is { } text && WholeNumber.TryRead(text, out var seconds)
            ? seconds
            : long.MaxValue;
}
