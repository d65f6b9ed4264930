using CsCheck;
using Kindred.Contracts.Arns;
using Kindred.Storage.Events;

namespace Kindred.Storage.Tests.Events;

internal static class Samples
{
    public static readonly Arn Group = Arn.DatasetGroup("us-east-1", "123456789012", "shop");

    public static readonly Gen<StreamedRecord> AnyRecord = Gen.Frequency<StreamedRecord>(
        (4, from user in Gen.String[0, 20].Null()
            from id in Gen.String[1, 30]
            from value in Gen.Float.Nullable()
            from item in Gen.String[0, 30].Null()
            from sent in Gen.Long[0, 4_000_000_000_000]
            from properties in Gen.String[0, 200].Null()
            from recommendation in Gen.String[0, 9].Null()
            from impression in Gen.String[0, 9].Array[0, 3].Null()
            select (StreamedRecord)new StreamedEvent(Sound(user), "session", Sound(id)!, "View", value is { } v && float.IsFinite(v) ? v : null, Sound(item),
                DateTimeOffset.FromUnixTimeMilliseconds(sent), Sound(properties), Sound(recommendation), impression is null ? null : Array.ConvertAll(impression, i => Sound(i)!), "source")),
        (1, from id in Gen.String[1, 30] from properties in Gen.String[0, 500].Null() select (StreamedRecord)new StreamedItem(Sound(id)!, Sound(properties))),
        (1, from id in Gen.String[1, 30] from properties in Gen.String[0, 500].Null() select (StreamedRecord)new StreamedUser(Sound(id)!, Sound(properties))));

    public static StreamedEvent View(string user, string item, long at, string? eventId = null, string? session = null) =>
        new(user, session ?? "s-" + user, eventId ?? $"{user}-{item}-{at}", "View", null, item, DateTimeOffset.FromUnixTimeSeconds(at), null, null, null, null);

    /// <summary>As text, because a record compares its impression by reference.</summary>
    public static string Text(StreamedRecord record) => record is StreamedEvent e ? $"{e with { Impression = null }} [{(e.Impression is null ? "none" : string.Join(',', e.Impression))}]" : record.ToString();

    public static async Task<List<string>> ReplayAllAsync(IEventLog log, long from = 0)
    {
        var all = new List<string>();
        await log.ReadAsync(Group, from, (position, record) => all.Add($"{position} {Text(record)}"), default);
        return all;
    }

    // JSON from a request is sound UTF-16 already; the generator's lone surrogates are not.
    private static string? Sound(string? text) => text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
