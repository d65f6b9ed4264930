using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Kindred.Demo.OwnData;

/// <summary>A folder with the user's own <c>interactions.csv[.gz]</c> and perhaps <c>items</c> and <c>users</c>.</summary>
internal sealed class OwnDataFolder : IDemoData
{
    private static readonly string[] NameColumns = ["NAME", "TITLE", "PRODUCT_NAME", "ITEM_NAME"];
    private readonly Dictionary<string, string> _names = [];
    private readonly List<string> _byPopularity;
    private readonly bool _hasEventTypes;

    private OwnDataFolder(string folder)
    {
        var interactions = OwnFile.Find(folder, "interactions")
            ?? throw new DemoFailedException($"{folder} has no interactions.csv and no interactions.csv.gz; it needs one with the columns USER_ID, ITEM_ID and TIMESTAMP, and may have items.csv and users.csv.");
        var (items, users) = (OwnFile.Find(folder, "items"), OwnFile.Find(folder, "users"));
        var files = new[] { ("Interactions", interactions), ("Items", items), ("Users", users) }.Where(f => f.Item2 is not null).Select(f => (Type: f.Item1, File: f.Item2!)).ToArray();
        Datasets = [.. files.Select(f => ToDataset(f.Type, f.File))];
        Fingerprint = "own-" + Hash(files.Select(f => $"{Path.GetFullPath(folder)}/{f.File.Name}:{f.File.SizeBytes}:{f.File.ChangedAt:O}"));
        _hasEventTypes = interactions.Columns.Contains("EVENT_TYPE");
        if (items is not null) ReadNames(items);

        var tally = Tally.Of(interactions);
        _byPopularity = tally.ItemsByPopularity();
        SurpriseEvent = tally.CommonestEvent ?? "View";
        Shopper = ChooseShopper(interactions, tally);
        Summary = string.Create(CultureInfo.InvariantCulture, $"{tally.Rows:N0} interactions of {tally.Users.Count:N0} users with {tally.Items.Count:N0} items from {folder}");
    }

    public string Fingerprint { get; }
    public string Summary { get; }
    public IReadOnlyList<DemoDataset> Datasets { get; }
    public DemoShopper Shopper { get; }
    public string SurpriseEvent { get; }

    /// <exception cref="DemoFailedException">The folder's files cannot be used; the message says why.</exception>
    public static OwnDataFolder Open(string folder) => new(folder);

    public string NameOf(string itemId) => _names.TryGetValue(itemId, out var name) ? $"{name} ({itemId})" : itemId;

    /// <summary>A popular item that the shopper has neither met nor been shown.</summary>
    public string PickSurprise(IReadOnlyCollection<string> recommended)
    {
        var familiar = Shopper.History.Select(h => h.ItemId).Concat(recommended).ToHashSet();
        return _byPopularity.Where(i => !familiar.Contains(i)).Skip(_byPopularity.Count / 10).FirstOrDefault(_byPopularity[^1]);
    }

    private static DemoDataset ToDataset(string type, OwnFile file) =>
        new(type, SchemaInference.Infer(type, file.Columns, file.Sample(), file.Name), file.UploadName(type.ToLowerInvariant()), file.OpenForUpload);

    private void ReadNames(OwnFile items)
    {
        var columns = items.Columns.ToList();
        var (id, name) = (columns.IndexOf("ITEM_ID"), columns.FindIndex(c => NameColumns.Contains(c)));
        if (name < 0) return;
        foreach (var row in items.Rows()) _names[row[id]] = row[name];
    }

    /// <summary>Somebody of middling activity: enough to know them by, not so much that nothing is new to them.</summary>
    private DemoShopper ChooseShopper(OwnFile interactions, Tally tally)
    {
        var user = tally.Users.OrderBy(u => Math.Abs(u.Value - 20)).ThenBy(u => u.Key, StringComparer.Ordinal).First().Key;
        var columns = interactions.Columns.ToList();
        var (userColumn, itemColumn, timeColumn, eventColumn) = (columns.IndexOf("USER_ID"), columns.IndexOf("ITEM_ID"), columns.IndexOf("TIMESTAMP"), columns.IndexOf("EVENT_TYPE"));
        var history = interactions.Rows().Where(r => r[userColumn] == user && long.TryParse(r[timeColumn], out _))
            .Select(r => new DemoHistoryLine(
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(r[timeColumn], CultureInfo.InvariantCulture)), _hasEventTypes ? r[eventColumn] : "", r[itemColumn]))
            .OrderBy(h => h.When);
        return new DemoShopper(user, $"user {user}", [.. history]);
    }

    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..12];

    /// <summary>How often each user, item and event type occurs.</summary>
    private sealed record Tally(long Rows, Dictionary<string, int> Users, Dictionary<string, int> Items, string? CommonestEvent)
    {
        public static Tally Of(OwnFile interactions)
        {
            var columns = interactions.Columns.ToList();
            var (user, item, type) = (columns.IndexOf("USER_ID"), columns.IndexOf("ITEM_ID"), columns.IndexOf("EVENT_TYPE"));
            var (rows, users, items, events) = (0L, new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
            foreach (var row in interactions.Rows())
            {
                rows++;
                Count(users, row[user]);
                Count(items, row[item]);
                if (type >= 0) Count(events, row[type]);
            }

            if (rows == 0) throw new DemoFailedException($"{interactions.Name} has a header and no rows.");
            return new Tally(rows, users, items, events.OrderByDescending(e => e.Value).Select(e => e.Key).FirstOrDefault());
        }

        public List<string> ItemsByPopularity() => [.. Items.OrderByDescending(i => i.Value).ThenBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Key)];

        private static void Count(Dictionary<string, int> counts, string key) => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
    }
}
