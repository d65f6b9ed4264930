using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;

namespace Kindred.Demo.OwnData;

/// <summary>A folder with the user's own <c>interactions.csv[.gz]</c> and perhaps <c>items</c> and <c>users</c>.</summary>
internal sealed class OwnDataFolder : IDemoData
{
    private static readonly string[] NameColumns = ["NAME", "TITLE", "PRODUCT_NAME", "ITEM_NAME"];
    private readonly Dictionary<string, string> _names = [];
    private readonly List<string> _byPopularity;

    private OwnDataFolder(string folder)
    {
        var interactions = Find(folder, "Interactions") ?? throw new DemoFailedException(
            $"{folder} has no interactions.csv and no interactions.csv.gz; it needs one with the columns USER_ID, ITEM_ID and TIMESTAMP, "
            + "and may have items.csv and users.csv.");
        var (items, users) = (Find(folder, "Items"), Find(folder, "Users"));
        OwnFile[] files = [interactions, .. new[] { items, users }.OfType<OwnFile>()];
        Fingerprint = "own-" + Hash(files.Select(f => $"{Path.GetFullPath(folder)}/{f.Name}:{f.SizeBytes}:{f.ChangedAt:O}"));

        var tally = new InteractionTally(interactions.Columns);
        Datasets =
        [
            ToDataset("Interactions", interactions, tally.Counting(interactions.Rows())),
            .. items is null ? [] : (DemoDataset[])[ToDataset("Items", items, items.Rows())],
            .. users is null ? [] : (DemoDataset[])[ToDataset("Users", users, users.Rows())],
        ];
        Notes = [.. files.Select(f => f.Note).OfType<string>(), .. files.SelectMany(f => f.Readings)];
        if (tally.Rows == 0) throw new DemoFailedException(interactions.Note ?? $"{interactions.Name} has a header and no rows.");
        if (items is not null) ReadNames(items);
        _byPopularity = tally.ItemsByPopularity();
        SurpriseEvent = tally.CommonestEvent ?? "View";
        Shopper = ChooseShopper(interactions, tally);
        Summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Rows:N0} interactions of {tally.Users.Count:N0} users with {tally.Items.Count:N0} items from {folder}");
    }

    public string Fingerprint { get; }
    public string Summary { get; }
    public IReadOnlyList<string> Notes { get; }
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

    private static OwnFile? Find(string folder, string type) =>
        OwnFile.Find(folder, type.ToLowerInvariant(), SchemaInference.RequiredColumns(type));

    private static DemoDataset ToDataset(string type, OwnFile file, IEnumerable<string[]> rows)
    {
        var schema = Infer(type, file, rows);
        (file.Gaps, file.Readings) = (schema.Gaps, schema.Notes);
        return new DemoDataset(type, schema.Document, file.UploadName(type.ToLowerInvariant()), file.OpenForUpload);
    }

    private static SchemaInference Infer(string type, OwnFile file, IEnumerable<string[]> rows)
    {
        try
        {
            return SchemaInference.Infer(type, file.Columns, rows, file.Name, file.Header);
        }
        catch (CsvException fault)
        {
            throw new DemoFailedException(fault.Message);
        }
    }

    private void ReadNames(OwnFile items)
    {
        var (id, name) = (items.Columns.IndexOf("ITEM_ID"), items.Columns.FindIndex(c => NameColumns.Contains(c)));
        if (name < 0) return;
        foreach (var row in items.Rows()) _names[row[id]] = row[name];
    }

    /// <summary>Somebody of middling activity: enough to know them by, not so much that nothing is new to them.</summary>
    private static DemoShopper ChooseShopper(OwnFile interactions, InteractionTally tally)
    {
        var user = tally.Users.OrderBy(u => Math.Abs(u.Value - 20)).ThenBy(u => u.Key, StringComparer.Ordinal).First().Key;
        var (users, items) = (interactions.Columns.IndexOf("USER_ID"), interactions.Columns.IndexOf("ITEM_ID"));
        var (times, events) = (interactions.Columns.IndexOf("TIMESTAMP"), interactions.Columns.IndexOf("EVENT_TYPE"));
        var history = interactions.Rows().Where(r => r[users] == user && WholeNumber.TryRead(r[times], out _))
            .Select(r => new DemoHistoryLine(
                DateTimeOffset.FromUnixTimeSeconds(WholeNumber.TryRead(r[times], out var seconds) ? seconds : 0),
                events < 0 ? "" : r[events],
                r[items]))
            .OrderBy(h => h.When);
        return new DemoShopper(user, $"user {user}", [.. history]);
    }

    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..12];
}
