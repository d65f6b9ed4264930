using System.Globalization;
using System.Text;
using Kindred.Demo;

namespace Kindred.EndToEnd.Tests.Service;

/// <summary>Interactions with a plain pattern: users and items fall into groups, and users keep to the items of their own.</summary>
internal static class SmallData
{
    public const int Groups = 4;
    private const int UsersPerGroup = 30;
    private const int ItemsPerGroup = 15;
    private const int InteractionsPerUser = 12;

    public const string Schema = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}]}
        """;

    public static DemoDataset Interactions => new("Interactions", Schema, "interactions.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(Csv())));

    public static string Csv()
    {
        var (rows, time) = (new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n"), 1_700_000_000L);
        for (var user = 0; user < Groups * UsersPerGroup; user++)
        {
            for (var i = 0; i < InteractionsPerUser; i++)
                rows.Append(CultureInfo.InvariantCulture, $"user-{user},item-{user % Groups}-{((user * 7) + i) % ItemsPerGroup},{time++},View\n");
        }

        return rows.ToString();
    }

    public static int GroupOf(string itemId) => int.Parse(itemId.Split('-')[1], CultureInfo.InvariantCulture);
}
