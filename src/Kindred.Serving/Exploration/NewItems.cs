using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Numerics.Ranking;
using Kindred.Recipes;
using Kindred.Serving.Groups;
using Kindred.Serving.Records;
using Kindred.Serving.Models;

namespace Kindred.Serving.Exploration;

/// <summary>
/// The items of a group that one model has not met, ready to be ranked for a user: by the categorical values that they
/// share with what the user did, then differently for every user, so that each new item is shown to somebody.
/// </summary>
internal sealed class NewItems
{
    /// <summary>Most new items held; the newest stay.</summary>
    internal const int Capacity = 2_000;

    /// <summary>A taste is read from this many of the user's newest events.</summary>
    private const int TasteEvents = 50;

    private readonly NewItem[] _items;
    private readonly RecordColumn[] _columns;
    private readonly CategoryCodes _codes;

    private NewItems(NewItem[] items, RecordColumn[] columns, CategoryCodes codes) => (_items, _columns, _codes) = (items, columns, codes);

    public int Count => _items.Length;

    /// <param name="newcomers">Catalogue indices of items that the model has not met.</param>
    /// <param name="liveItems">Items put since; they replace the catalogue's.</param>
    public static NewItems Find(GroupView group, OpenModel model, ReadOnlySpan<int> newcomers, LiveRecord[] liveItems)
    {
        if (group.Items.Schema is not { } schema) return new NewItems([], [], new CategoryCodes(0));
        var columns = schema.Fields.Where(static f => f.Categorical).Select(f => RecordColumn.Of(f.Name, group.Items.Catalog)).ToArray();
        var created = RecordColumn.Of("CREATION_TIMESTAMP", group.Items.Catalog);
        var codes = new CategoryCodes(columns.Length);

        var found = new List<(string Id, KnownRecord Record, long CreatedAt)>();
        var put = new HashSet<string>(StringComparer.Ordinal);
        foreach (var live in liveItems)
        {
            put.Add(live.Id);
            if (!model.HasMet(live.Id)) found.Add((live.Id, new KnownRecord(live), CreatedAt(new KnownRecord(live), created)));
        }
        foreach (var index in newcomers)
        {
            var id = group.Items.Catalog!.Id(index);
            if (!put.Contains(id)) found.Add((id, new KnownRecord(group.Items.Catalog, index), group.Items.Catalog.CreationTimestamp(index) ?? long.MaxValue));
        }
        var items = found
            .OrderByDescending(static item => item.CreatedAt).ThenBy(static item => item.Id, StringComparer.Ordinal)
            .Take(Capacity)
            .Select(item => new NewItem(item.Id, item.CreatedAt, Categories(item.Record, columns, codes)))
            .ToArray();
        return new NewItems(items, columns, codes);
    }

    /// <summary>The new items for a user, best first.</summary>
    /// <param name="met">Items outside the model that the user has had an event with: not new to them, but of their taste.</param>
    /// <param name="createdSince">Epoch seconds; older items are left out.</param>
    public IReadOnlyList<string> Rank(GroupView group, OpenModel model, string userId, ReadOnlySpan<HistoryEvent> history, IReadOnlySet<string> met, long createdSince, int count)
    {
        if (count <= 0 || _items.Length == 0) return [];
        var taste = ArrayPool<float>.Shared.Rent(_codes.Count + 1);
        var scores = ArrayPool<float>.Shared.Rent(_items.Length);
        try
        {
            ReadTaste(group, model, history, met, taste.AsSpan(0, _codes.Count));
            for (var i = 0; i < _items.Length; i++)
            {
                var isOut = _items[i].CreatedAt < createdSince || met.Contains(_items[i].ItemId);
                scores[i] = isOut ? float.NegativeInfinity : Shared(_items[i], taste) + Turn(userId, _items[i].ItemId);
            }
            Span<int> best = stackalloc int[Math.Min(count, _items.Length)];
            best = best[..TopK.Select(scores.AsSpan(0, _items.Length), [], best)];
            var ranked = new string[best.Length];
            for (var i = 0; i < ranked.Length; i++) ranked[i] = _items[best[i]].ItemId;
            return ranked;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
            ArrayPool<float>.Shared.Return(taste);
        }
    }

    private void ReadTaste(GroupView group, OpenModel model, ReadOnlySpan<HistoryEvent> history, IReadOnlySet<string> met, Span<float> taste)
    {
        taste.Clear();
        if (taste.IsEmpty) return;
        foreach (var e in history[^Math.Min(history.Length, TasteEvents)..])
        {
            if (e.Item < model.Model.MetItems) AddTaste(group, model.Model.Items[e.Item], taste); // the others are in met
        }
        foreach (var itemId in met) AddTaste(group, itemId, taste);
    }

    private void AddTaste(GroupView group, string itemId, Span<float> taste)
    {
        if (!group.Items.TryGet(itemId, out var item)) return;
        for (var column = 0; column < _columns.Length; column++)
        {
            if (item.Value(_columns[column]) is { } value) _codes.AddTaste(column, value, 1, taste);
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
    private static float Turn(string userId, string itemId)
    {
        var user = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(userId.AsSpan()));
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(itemId.AsSpan()), (long)user) / (float)ulong.MaxValue * 0.001f;
    }

    private static long CreatedAt(KnownRecord item, RecordColumn created) =>
        item.Value(created) is { } text && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) ? seconds : long.MaxValue;

    private static int[] Categories(KnownRecord item, RecordColumn[] columns, CategoryCodes codes)
    {
        var found = new HashSet<int>();
        for (var column = 0; column < columns.Length; column++)
        {
            if (item.Value(columns[column]) is { } value) codes.Add(column, value, found);
        }
        return [.. found];
    }
}
