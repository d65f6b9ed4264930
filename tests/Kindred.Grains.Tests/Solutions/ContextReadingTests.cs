using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Interactions;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Tests.Solutions;

public class ContextReadingTests
{
    private const string Schema =
        """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"},
        {"name":"EVENT_VALUE","type":["null","float"]},{"name":"IMPRESSION","type":["null","string"]},{"name":"DAY_PART","type":["null","string"],"categorical":true},
        {"name":"DEGREES","type":["null","float"]},{"name":"NOTE","type":["null","string"]},{"name":"IS_APP","type":["null","boolean"]}],"version":"1.0"}
        """;

    [Fact]
    public void Columns_OfASchema_AreTheMetadataThatTrains()
    {
        var excluding = new TrainingDataConfig { ExcludedDatasetColumns = new Dictionary<string, IReadOnlyList<string>> { ["INTERACTIONS"] = ["DAY_PART"] } };

        Assert.Equal(["DAY_PART", "DEGREES"], Reading(new InteractionLogBuilder()).Columns);
        Assert.Equal(["DEGREES"], Reading(new InteractionLogBuilder(), excluding).Columns);
    }

    [Fact]
    public void Add_BatchesAndEvents_KeepTheContextOfEach()
    {
        var builder = new InteractionLogBuilder();
        var reading = Reading(builder);
        InteractionReading.Add(builder, new InteractionBatch
        {
            UserIds = ["u"],
            ItemIds = ["a", "b"],
            Users = [0, 0],
            Items = [0, 1],
            Timestamps = [2, 1],
            EventTypes = [-1, -1],
            EventValues = [float.NaN, float.NaN],
            EventTypeNames = [], Metadata = [["day", null, "of a larger batch before"], ["21.5", "8", "0"]],
        }, reading);
        foreach (var (item, properties) in new[] { ("c", """{"dayPart":"night","degrees":-3,"isApp":true}"""), ("d", null), ("e", """{"dayPart":7e99,"degrees":"warm","more":1}""") })
        {
            builder.Add("u", item, 3);
            reading.AddToLast(properties);
        }

        var log = builder.Build();

        Assert.Equal(
            ["a: day 21.5", "b:  8", "c: night -3", "d:  ", "e: 7e99 "],
            Enumerable.Range(0, log.Count)
                .Select(i => $"{log.ItemIds[log.Items[i]]}: {log.Contexts[0].Text(i)} {log.Contexts[1].Text(i)}")
                .Order(StringComparer.Ordinal));
    }

    private static ContextReading Reading(InteractionLogBuilder builder, TrainingDataConfig? config = null) => new(
        new DatasetData
        {
            DatasetArn = Arn.Dataset("us-east-1", "111111111111", "shop", DatasetTypes.Interactions),
            DatasetType = DatasetTypes.Interactions,
            Schema = Schema,
        },
        config, builder);
}
