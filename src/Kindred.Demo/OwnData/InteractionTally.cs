using System.Runtime.InteropServices;

namespace Kindred.Demo.OwnData;

/// <summary>How often each user, item and event type occurs.</summary>
internal sealed class InteractionTally
{
    private readonly Dictionary<string, int> _events = [];
    private readonly int _user;
    private readonly int _item;
    private readonly int _event;

    /// <param name="columns">Names of the contract; USER_ID and ITEM_ID are among them, or nothing is counted.</param>
    public InteractionTally(List<string> columns) =>
        (_user, _item, _event) = (columns.IndexOf("USER_ID"), columns.IndexOf("ITEM_ID"), columns.IndexOf("EVENT_TYPE"));

    public long Rows { get; private set; }
    public Dictionary<string, int> Users { get; } = [];
    public Dictionary<string, int> Items { get; } = [];

    /// <summary>Null when the interactions have no event types.</summary>
    public string? CommonestEvent => _events.OrderByDescending(e => e.Value).Select(e => e.Key).FirstOrDefault();

    public List<string> ItemsByPopularity() =>
        [.. Items.OrderByDescending(i => i.Value).ThenBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Key)];

    /// <summary>The same rows; each is counted as it passes.</summary>
    public IEnumerable<string[]> Counting(IEnumerable<string[]> rows)
    {
        foreach (var row in rows)
        {
            Rows++;
            Count(Users, row[_user]);
            Count(Items, row[_item]);
            if (_event >= 0 && row[_event].Length > 0) Count(_events, row[_event]);
            yield return row;
        }
    }

    private static void Count(Dictionary<string, int> counts, string key) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
