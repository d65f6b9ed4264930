using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Serving.Filters;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;
using Kindred.Storage;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Import;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;
using Kindred.Testing;

namespace Kindred.Bench.Serving;

/// <summary>What filters of five conditions add to a recommendation of a model of 100,000 items, in turn with the same call without one.</summary>
internal static class FilterBenchmark
{
    private const int Items = 100_000;
    private const int Dimensions = 64;
    private const int Users = 500;
    private const int EventsOfAUser = 40;
    private const int Calls = 1_000;
    private const int Rounds = 5;
    private const double MostAdded = 1;
    private const string Account = "111111111111";
    private const string Schema = """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
          {"name":"ITEM_ID","type":"string"},{"name":"GENRE","type":["null","string"],"categorical":true},{"name":"PRICE","type":["null","float"]},
          {"name":"YEAR","type":["null","int"]},{"name":"COUNTRY","type":["null","string"],"categorical":true},
          {"name":"BRAND","type":["null","string"]},{"name":"CREATION_TIMESTAMP","type":["null","long"]}]}
        """;

    private const string OnItems = "INCLUDE ItemID WHERE Items.GENRE IN (\"g1\",\"g2\",\"g3\") AND Items.PRICE <= 80 AND Items.YEAR >= 1990 "
        + "AND Items.COUNTRY NOT IN (\"c7\") AND Items.BRAND != \"b3\"";
    private const string WithValues = "INCLUDE ItemID WHERE Items.GENRE IN ($GENRES) AND Items.PRICE <= $MOST AND Items.YEAR >= $YEAR "
        + "AND Items.COUNTRY = $COUNTRY OR Items.BRAND = $BRAND";
    private const string OfTheUser = OnItems + " | EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"View\",\"Purchase\")";

    public const string Usage = "Kindred.Bench filter [--report FILE.md]";

    public static async Task<int> RunAsync(string[] options)
    {
        using var folder = new TemporaryFolder();
        using var model = new OpenModel(new FactorModel("aws-user-personalization-v2", Items, Dimensions), 0);
        using var group = await GroupAsync(new LocalArtifactStore(new StorageOptions { DataPath = folder.Path }));
        (string Name, Func<int, BoundFilter?> Bind)[] kinds =
        [
            ("no filter", static _ => null),
            ("five conditions on the item", Binder(OnItems, static _ => null)),
            ("and its events of two types left out", Binder(OfTheUser, static _ => null)),
            ("five values of the request, of 50 sets", Binder(WithValues, static call => Values(call % 50))),
            ("five values of the request, never the same twice", Binder(WithValues, Values)),
        ];
        var timings = kinds.Select(_ => new List<double[]>()).ToArray();
        var call = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var times = kinds.Select(_ => new double[Calls]).ToArray();
            for (var i = 0; i < Calls; i++)
            {
                for (var kind = 0; kind < kinds.Length; kind++) times[kind][i] = Time(kinds[kind].Bind, call, model, group);
                call++;
            }
            if (round < 0) continue; // compiles, fills the pools and the caches
            for (var kind = 0; kind < kinds.Length; kind++) timings[kind].Add(times[kind]);
        }
        return Report(kinds.Select(kind => kind.Name).ToArray(), timings, Options.Find(options, "--report"));
    }

    private static double Time(Func<int, BoundFilter?> bind, int call, OpenModel model, GroupView group)
    {
        var query = new RecommendationQuery { UserId = $"user{call % Users}", Now = DateTimeOffset.UnixEpoch };
        var started = Stopwatch.GetTimestamp();
        RecommendationPipeline.Run(query with { Filter = bind(call) }, model, group);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <returns>What a request does with a filter that is held parsed: binds its values.</returns>
    private static Func<int, BoundFilter?> Binder(string text, Func<int, IReadOnlyDictionary<string, string>?> values)
    {
        if (!FilterParser.TryParse(text, out var expression, out var fault)) throw new InvalidOperationException(fault.ToString());
        return call => BoundFilter.Of(expression, values(call), new RequestedSubject($"user{call % Users}", null));
    }

    private static Dictionary<string, string> Values(int call) => new()
    {
        ["GENRES"] = $"\"g{call % 20}\",\"g{(call + 7) % 20}\"",
        ["MOST"] = (20 + call % 1_000_003 * 0.0001).ToString(CultureInfo.InvariantCulture),
        ["YEAR"] = $"{1960 + call % 50}",
        ["COUNTRY"] = $"\"c{call % 10}\"",
        ["BRAND"] = $"\"b{call % 100}\"",
    };

    private static int Report(string[] names, List<double[]>[] timings, string? file)
    {
        var text = new StringBuilder();
        text.AppendLine("# filter: what five conditions cost a recommendation").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Items:N0} items with {Dimensions} factors and six columns of metadata, {Users} users of {EventsOfAUser} events; 25 results,")
            .AppendLine(CultureInfo.InvariantCulture, $"one thread, without HTTP. {Calls:N0} calls of each kind a round, each in turn with the others; medians of {Rounds} rounds,")
            .AppendLine("milliseconds. The filter is held parsed, as requests find it; its values are bound with each call.").AppendLine();
        text.AppendLine("| filter | p50 | p99 | added to p50 | added to p99 |").AppendLine("|---|---|---|---|---|");
        double At(int kind, double share) => Machine.Median(timings[kind].Select(times => times.Order().ElementAt((int)(times.Length * share))));
        double Added(int kind, double share) => Machine.Median(timings[kind].Select((times, round) =>
            times.Order().ElementAt((int)(times.Length * share)) - timings[0][round].Order().ElementAt((int)(times.Length * share))));
        var isWithin = true;
        for (var kind = 0; kind < names.Length; kind++)
        {
            var added = kind == 0 ? "| |" : string.Create(CultureInfo.InvariantCulture, $"{Added(kind, 0.5):F3} | {Added(kind, 0.99):F3} |");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {names[kind]} | {At(kind, 0.5):F3} | {At(kind, 0.99):F3} | {added}");
            isWithin &= Added(kind, 0.99) <= MostAdded;
        }
        Console.Write(text);
        if (file is not null) File.WriteAllText(file, text.ToString());
        return isWithin ? 0 : 1;
    }

    private static async Task<GroupView> GroupAsync(LocalArtifactStore artifacts)
    {
        var arn = Arn.DatasetGroup("us-east-1", Account, "bench");
        var dataset = new DatasetData
        {
            DatasetArn = Arn.Dataset("us-east-1", Account, "bench", DatasetTypes.Items), DatasetType = DatasetTypes.Items, Schema = Schema,
        };
        var outcome = await CsvImporter.ImportAsync(new CsvImport
        {
            Artifacts = artifacts, Sequence = 1, DatasetGroupArn = arn, DatasetType = DatasetTypes.Items,
            ImportJobArn = Arn.DatasetImportJob("us-east-1", Account, "items"), Schema = ParsedSchema.Parse(Schema),
            Sources = [new CsvSource("items.csv", _ => Task.FromResult<Stream>(new MemoryStream(Catalogue())))],
        }, null, default);
        dataset = dataset with { BulkSegments = [.. outcome.Segments], Generation = 1 };
        var copy = await artifacts.OpenAsync(await DatasetSnapshots.BuildAsync(artifacts, arn, dataset, default), default);
        var catalog = new Shared<ItemCatalog>(ItemCatalog.Open(copy.Path), snapshot =>
        {
            snapshot.Dispose();
            copy.Dispose();
        });
        var (live, random, position) = (new LiveData(_ => { }), new Random(3), 0L);
        for (var user = 0; user < Users; user++)
        {
            for (var e = 0; e < EventsOfAUser; e++)
            {
                live.Events.Add(position++, new StreamedEvent(
                    $"user{user}", $"session{user}", $"{position}", e % 5 == 0 ? "Purchase" : "View", null, $"item{random.Next(Items)}",
                    DateTimeOffset.UnixEpoch.AddSeconds(position), null, null, null, null));
            }
        }
        return new GroupView(
            new GroupData { DatasetGroupArn = arn, Datasets = [dataset] }, new BorrowedSnapshots(null, new Borrowed<ItemCatalog>(catalog), null, null, null), live);
    }

    private static byte[] Catalogue()
    {
        var (random, csv) = (new Random(2), new StringBuilder("ITEM_ID,GENRE,PRICE,YEAR,COUNTRY,BRAND,CREATION_TIMESTAMP\n"));
        for (var item = 0; item < Items; item++)
        {
            csv.Append(CultureInfo.InvariantCulture,
                $"item{item},g{random.Next(20)}|g{random.Next(20)},{random.Next(1, 20_000) / 100.0},{random.Next(1950, 2026)},")
                .Append(CultureInfo.InvariantCulture, $"c{random.Next(10)},b{random.Next(100)},{1_600_000_000 + item}\n");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
