using System.Runtime.InteropServices;
using Kindred.Recipes.Tuning;

namespace Kindred.Operations.Intake;

/// <summary>How many users, items and rows a file of interactions has: what the cost of a training depends on.</summary>
public sealed class DataTally
{
    /// <summary>So many different ids are told apart; a file with more has at least so many.</summary>
    private const int MostIds = 1_000_000;
    private readonly Dictionary<string, int> _users = [];
    private readonly HashSet<string> _items = [];

    public long Rows { get; private set; }
    public int Users => _users.Count;
    public int Items => _items.Count;

    internal void Add(string user, string item)
    {
        Rows++;
        if (_users.Count < MostIds || _users.ContainsKey(user)) CollectionsMarshal.GetValueRefOrAddDefault(_users, user, out _)++;
        if (_items.Count < MostIds) _items.Add(item);
    }

    internal DataShape Shape => new()
    {
        Interactions = Rows, Users = Users, Items = Items,
        Steps = _users.Values.Sum(length => Math.Min(length, 200L)),
        Pairs = _users.Values.Sum(length => Math.Pow(Math.Min(length, 1000), 2)),
    };
}
