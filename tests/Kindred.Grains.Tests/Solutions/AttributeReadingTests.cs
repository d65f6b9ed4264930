using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Metadata;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Tests.Solutions;

public class AttributeReadingTests
{
    private static readonly ParsedSchema Schema = ParsedSchema.Parse(
        """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"GENRES","type":["null","string"],"categorical":true},{"name":"PRICE","type":"float"},
        {"name":"YEAR","type":"int"},{"name":"SHELF","type":"string"},{"name":"IS_NEW","type":"boolean"},{"name":"TITLE","type":"string","itemName":true},
        {"name":"PLOT","type":"string","textual":true},{"name":"CREATION_TIMESTAMP","type":"long"}],"version":"1.0"}
        """);

    [Fact]
    public void ColumnsOf_Schema_TrainsAllButBooleansAndPlainStrings() => Assert.Equal(
        [
            new("GENRES", AttributeKind.Category), new("PRICE", AttributeKind.Number), new("YEAR", AttributeKind.Number),
            new("TITLE", AttributeKind.Text), new("PLOT", AttributeKind.Text), new("CREATION_TIMESTAMP", AttributeKind.CreationTime),
        ],
        AttributeReading.ColumnsOf(Schema, DatasetTypes.Items, null));

    [Fact]
    public void ColumnsOf_IncludedAndExcluded_AreHonouredForTheirDataset()
    {
        var config = new TrainingDataConfig
        {
            IncludedDatasetColumns = new Dictionary<string, IReadOnlyList<string>> { ["items"] = ["GENRES", "PRICE", "SHELF"], ["Users"] = [] },
            ExcludedDatasetColumns = new Dictionary<string, IReadOnlyList<string>> { ["ITEMS"] = ["PRICE"] },
        };

        Assert.Equal(["GENRES"], AttributeReading.ColumnsOf(Schema, DatasetTypes.Items, config).Select(column => column.Name));
        Assert.Empty(AttributeReading.ColumnsOf(Schema, DatasetTypes.Users, config));
        Assert.Equal(6, AttributeReading.ColumnsOf(Schema, DatasetTypes.Items, new TrainingDataConfig()).Count);
    }
}
