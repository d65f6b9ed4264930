using Kindred.Serving.Groups;
using Kindred.Serving.Items;

namespace Kindred.Serving.Filters;

/// <summary>The items that a filter is applied to, each with an index, and whom or what they are for.</summary>
internal interface IFilteredItems
{
    GroupView Group { get; }
    RequestedSubject Subject { get; }

    /// <returns>The item of an id in UTF-8, or -1.</returns>
    int Find(ReadOnlySpan<byte> id);

    /// <returns>The item of an id, or -1.</returns>
    int Find(string id);

    /// <summary>Marks the items whose records pass a test.</summary>
    /// <param name="key">Says what the test tests, values included.</param>
    void Mark(RecordTest test, string key, ItemBits marked);
}
