using Kindred.Serving.Items;

namespace Kindred.Serving.Histories;

/// <summary>Marks the items of a space that one user had an event with.</summary>
internal readonly struct MetItemMarks(ItemSpace space, ItemBits bits)
{
    /// <summary>Whether an id that the model does not know may be an item all the same.</summary>
    public bool GoBeyondTheModel => space.Count > space.ModelItems;

    public void Add(int item) => bits.Set(item);

    public void Add(string itemId)
    {
        if (space.Find(itemId) is var item and >= 0) bits.Set(item);
    }

    /// <param name="itemId">UTF-8.</param>
    public void Add(ReadOnlySpan<byte> itemId)
    {
        if (space.Find(itemId) is var item and >= 0) bits.Set(item);
    }
}
