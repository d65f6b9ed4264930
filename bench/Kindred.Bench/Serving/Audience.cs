using System.Text.Json.Nodes;
using Kindred.Files;
using Kindred.Files.Csv;

namespace Kindred.Bench.Serving;

/// <summary>Everybody who is asked for, and everything that an event may name, in an order that follows neither id nor file.</summary>
/// <param name="Rows">Interactions in the file.</param>
internal sealed record Audience(string[] Users, string[] Items, long Rows)
{
    public static Audience Read(string csvPath)
    {
        var (users, items, rows) = (new IdTableBuilder(), new IdTableBuilder(), 0L);
        using var csv = CsvReader.Open(csvPath, CsvFormat.DataFrame);
        var names = csv.Header.Names.ToList();
        var (user, item) = (names.IndexOf("USER_ID"), names.IndexOf("ITEM_ID"));
        if (user < 0 || item < 0) throw new ArgumentException($"'{csvPath}' needs USER_ID and ITEM_ID; its header has {csv.Header}.");
        while (csv.Read())
        {
            users.Intern(csv.Field(user));
            items.Intern(csv.Field(item));
            rows++;
        }

        return new Audience(Shuffled(users.Build()), Shuffled(items.Build()), rows);
    }

    /// <summary>A request with one event for each user, each with another item.</summary>
    public IEnumerable<JsonObject> Events(string trackingId) => Users.Select((user, i) => new JsonObject
    {
        ["trackingId"] = trackingId, ["userId"] = user, ["sessionId"] = $"bench-{user}",
        ["eventList"] = new JsonArray(new JsonObject
        {
            ["eventType"] = "Watch", ["itemId"] = Items[i % Items.Length], ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        }),
    });

    private static string[] Shuffled(IdTable ids)
    {
        string[] names = [.. ids];
        new Random(1).Shuffle(names);
        return names;
    }
}
