using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Data;

/// <summary>Public data sets with metadata of items, where they are at hand.</summary>
internal static partial class MetadataSets
{
    public static TrainingSet? Find(string name) => name switch
    {
        "ml-1m" => Read("ml-1m/ratings.csv.gz", "ml-1m/movies.csv.gz", ',', (0, 1, 3, -1),
            [new("title", AttributeKind.Text), new("year", AttributeKind.Number), new("genres", AttributeKind.Category)], row => (row[0], row[1..])),
        "ml-100k" => Read("ml-100k/ml-100k.inter.gz", "ml-100k/ml-100k.item.gz", '\t', (0, 1, 3, -1),
            [new("title", AttributeKind.Text), new("year", AttributeKind.Number), new("genres", AttributeKind.Category)],
            row => (row[0], [row[1], row[2], row[3].Replace(' ', '|')])),
        _ => Read("retail-demo-store/interactions.csv.gz", "retail-demo-store/items.csv.gz", ',', (1, 0, 3, 2),
            [
                new("PRICE", AttributeKind.Number), new("CATEGORY_L1", AttributeKind.Category), new("CATEGORY_L2", AttributeKind.Category),
                new("PRODUCT_NAME", AttributeKind.Text), new("PRODUCT_DESCRIPTION", AttributeKind.Text), new("GENDER", AttributeKind.Category),
            ],
            row => (row[0], row[1..7])),
    };

    private static TrainingSet? Read(
        string interactions, string items, char separator, (int User, int Item, int Time, int Type) columns,
        AttributeColumn[] kinds, Func<string[], (string Id, string?[] Values)> attributes)
    {
        if (SharedData.Find(interactions) is not { } interactionPath || SharedData.Find(items) is not { } itemPath)
            return null;
        var (log, table) = (new InteractionLogBuilder(), new AttributeTableBuilder(kinds));
        foreach (var row in Rows(interactionPath, separator))
            log.Add(
                row[columns.User],
                row[columns.Item],
                (long)double.Parse(row[columns.Time], CultureInfo.InvariantCulture),
                columns.Type < 0 ? "" : row[columns.Type]);
        foreach (var row in Rows(itemPath, separator))
        {
            var (id, values) = attributes(row);
            table.Add(id, values);
        }
        return TrainingSets.Join(log, table, users: null);
    }

    private static IEnumerable<string[]> Rows(string path, char separator)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return separator == ',' && line.Contains('"')
                ? [.. Quoted().Matches(line).Select(match => match.Groups[1].Value.Trim('"'))]
                : line.Split(separator);
    }

    [GeneratedRegex("(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)")]
    private static partial Regex Quoted();
}
