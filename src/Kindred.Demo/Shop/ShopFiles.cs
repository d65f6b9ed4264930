using System.Globalization;
using System.Text;

namespace Kindred.Demo.Shop;

/// <summary>The shop as the CSV files and Avro schemas that an import takes.</summary>
internal static class ShopFiles
{
    public const string InteractionsSchema = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},
        {"name":"EVENT_TYPE","type":"string"},{"name":"TIMESTAMP","type":"long"}]}
        """;

    public const string ItemsSchema = """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"NAME","type":"string"},{"name":"CATEGORY","type":"string","categorical":true},
        {"name":"STYLE","type":"string","categorical":true},{"name":"PRICE","type":"float"},
        {"name":"DESCRIPTION","type":"string","textual":true},{"name":"CREATION_TIMESTAMP","type":"long"}]}
        """;

    public const string UsersSchema = """
        {"type":"record","name":"Users","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"USER_ID","type":"string"},{"name":"AGE_GROUP","type":"string","categorical":true},
        {"name":"MEMBERSHIP","type":"string","categorical":true}]}
        """;

    public static byte[] Interactions(SyntheticShop shop) =>
        Csv("USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP", shop.Interactions.Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{shop.Users[i.User].Id},{shop.Items[i.Item].Id},{i.Event},{i.Timestamp}")));

    public static byte[] Items(SyntheticShop shop) =>
        Csv("ITEM_ID,NAME,CATEGORY,STYLE,PRICE,DESCRIPTION,CREATION_TIMESTAMP", shop.Items.Select(i =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{i.Id},{i.Name},{i.Category},{i.Style},{i.Price:F2},\"{i.Description}\",{i.CreatedAt}")));

    public static byte[] Users(SyntheticShop shop) =>
        Csv("USER_ID,AGE_GROUP,MEMBERSHIP", shop.Users.Select(u => $"{u.Id},{u.AgeGroup},{u.Membership}"));

    private static byte[] Csv(string header, IEnumerable<string> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            writer.WriteLine(header);
            foreach (var row in rows) writer.WriteLine(row);
        }

        return bytes.ToArray();
    }
}
