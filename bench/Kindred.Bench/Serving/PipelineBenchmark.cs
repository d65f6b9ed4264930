using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Exploration;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;
using Kindred.Storage.Events;

namespace Kindred.Bench.Serving;

/// <summary>What a query costs beside its model's scores: microseconds and allocated bytes, on one thread. Fails beyond its budget of bytes.</summary>
internal static class PipelineBenchmark
{
    private const int Users = 500;
    private const int EventsOfAUser = 40;
    private const int NewItems = 500;
    private const int Queries = 5_000;
    private const string Schema = """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
          {"name":"ITEM_ID","type":"string"},{"name":"CATEGORY","type":["null","string"],"categorical":true}]}
        """;
    private static readonly int[] Catalogues = [3_416, 200_000];

    public static int Run(string[] options)
    {
        var text = new StringBuilder();
        text.AppendLine("# pipeline: a query beside its model's scores").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. One thread; {EventsOfAUser} events a user, {NewItems} new items.").AppendLine();
        text.AppendLine("| items | query | µs | bytes | budget |").AppendLine("|---|---|---|---|---|");
        var isWithin = true;
        foreach (var items in Catalogues)
        {
            using var list = new OpenModel(new PlainModel("aws-user-personalization-v2", items), 0);
            using var ranking = new OpenModel(new PlainModel("aws-personalized-ranking-v2", items), 0);
            using var group = Group(items);
            var given = Enumerable.Range(0, 100).Select(i => $"item{i * 7}").ToArray();
            isWithin &= Row(text, items, "25 items", 4_000, list, group, static query => query);
            isWithin &= Row(text, items, "25 items, 30 % explored", 4_000, list, group,
                static query => query with { Exploration = new ExplorationSettings(0.3, TimeSpan.FromDays(30)) });
            isWithin &= Row(text, items, "ranking of 100", 9_000, ranking, group, query => query with { Given = given });
        }
        Console.Write(text);
        if (Options.Find(options, "--report") is { } file) File.WriteAllText(file, text.ToString());
        return isWithin ? 0 : 1;
    }

    private static bool Row(
        StringBuilder text, int items, string name, long budget, OpenModel model, GroupView group, Func<RecommendationQuery, RecommendationQuery> shape)
    {
        var queries = Enumerable.Range(0, Users).Select(user => shape(new RecommendationQuery { UserId = $"user{user}", Now = DateTimeOffset.UnixEpoch })).ToArray();
        for (var i = 0; i < Queries; i++) RecommendationPipeline.Run(queries[i % Users], model, group); // compiles, and fills the pools
        var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < Queries; i++) RecommendationPipeline.Run(queries[i % Users], model, group);
        var (time, bytes) = (Stopwatch.GetElapsedTime(started), (GC.GetAllocatedBytesForCurrentThread() - before) / Queries);
        text.AppendLine(CultureInfo.InvariantCulture, $"| {items:N0} | {name} | {time.TotalMicroseconds / Queries:F1} | {bytes:N0} | {budget:N0} |");
        return bytes <= budget;
    }

    private static GroupView Group(int items)
    {
        var arn = Arn.DatasetGroup("us-east-1", "111111111111", "bench");
        var dataset = new DatasetData
        {
            DatasetArn = Arn.Dataset("us-east-1", "111111111111", "bench", DatasetTypes.Items),
            DatasetType = DatasetTypes.Items,
            Schema = Schema,
        };
        var (live, random, position) = (new LiveData(_ => { }), new Random(1), 0L);
        for (var user = 0; user < Users; user++)
        {
            for (var e = 0; e < EventsOfAUser; e++)
            {
                live.Events.Add(position++, new StreamedEvent(
                    $"user{user}", $"session{user}", $"{position}", "View", null, $"item{random.Next(items)}", DateTimeOffset.UnixEpoch.AddSeconds(position),
                    null, null, null, null));
            }
        }
        for (var item = 0; item < NewItems; item++) live.Items.Add(position++, $"new{item}", $$"""{"category":"c{{item % 20}}|d{{item % 7}}"}""");
        for (var item = 0; item < 1_000; item++) live.Items.Add(position++, $"item{item}", $$"""{"category":"c{{item % 20}}"}""");
        return new GroupView(new GroupData { DatasetGroupArn = arn, Datasets = [dataset] }, new BorrowedSnapshots(null, null, null, null, null), live);
    }
}
