using Kindred.Serving.Groups;
using Kindred.Serving.Items;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Records;

namespace Kindred.Serving.Filters;

/// <summary>The items of one request: a bit per item of its space, and per given id behind it that nobody knows.</summary>
internal sealed class RequestedItems(RecommendationWork work) : IFilteredItems
{
    public GroupView Group => work.Group;
    public RequestedSubject Subject => new(work.Query.UserId, work.Query.ItemId);
    public int Find(ReadOnlySpan<byte> id) => work.Space.Find(id);
    public int Find(string id) => work.Space.Find(id);

    public void Mark(RecordTest test, string key, ItemBits marked)
    {
        var rows = work.Model.RowsOf(work.Group);
        var known = rows?.Selections.GetOrAdd(key, test, rows) ?? new ItemSelection(work.Model.Model, null, test);
        marked.Add(known.Words, work.Space.Live.Keys);
        foreach (var (item, live) in work.Space.Live)
        {
            if (test.Matches(live.Id, new KnownRecord(live))) marked.Set(item);
        }
        // What nobody knows has no values.
        foreach (var (place, id) in work.UnknownGiven)
        {
            if (test.Matches(id, null)) marked.Set(place);
        }
    }
}
