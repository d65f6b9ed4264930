using System.Text.RegularExpressions;

namespace Kindred.Files.Csv.Inference;

/// <summary>
/// Turns the headers that people use into column names of the contract: <c>userId</c> and <c>user id</c> become <c>USER_ID</c>.
/// </summary>
public static partial class HeaderNames
{
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["USER"] = "USER_ID", ["USERID"] = "USER_ID", ["CUSTOMER"] = "USER_ID", ["CUSTOMER_ID"] = "USER_ID", ["CUSTOMERID"] = "USER_ID",
        ["VISITOR_ID"] = "USER_ID", ["VISITORID"] = "USER_ID", ["UID"] = "USER_ID", ["MEMBER_ID"] = "USER_ID",
        ["ITEM"] = "ITEM_ID", ["ITEMID"] = "ITEM_ID", ["PRODUCT"] = "ITEM_ID", ["PRODUCT_ID"] = "ITEM_ID", ["PRODUCTID"] = "ITEM_ID",
        ["MOVIE"] = "ITEM_ID", ["MOVIE_ID"] = "ITEM_ID", ["MOVIEID"] = "ITEM_ID", ["SKU"] = "ITEM_ID", ["ASIN"] = "ITEM_ID",
        ["ARTICLE_ID"] = "ITEM_ID", ["CONTENT_ID"] = "ITEM_ID",
        ["TIME"] = "TIMESTAMP", ["TS"] = "TIMESTAMP", ["UNIX_TIME"] = "TIMESTAMP", ["DATE"] = "TIMESTAMP", ["DATETIME"] = "TIMESTAMP",
        ["EVENT_TIME"] = "TIMESTAMP",
        ["EVENT"] = "EVENT_TYPE", ["EVENTTYPE"] = "EVENT_TYPE", ["BEHAVIOR"] = "EVENT_TYPE", ["ACTION"] = "EVENT_TYPE",
        ["RATING"] = "EVENT_VALUE", ["EVENTVALUE"] = "EVENT_VALUE", ["SCORE"] = "EVENT_VALUE",
    };

    /// <summary>What means something else where datasets are about actions.</summary>
    private static readonly Dictionary<string, string> ActionSynonyms = new()
    {
        ["ACTION"] = "ACTION_ID", ["ACTIONID"] = "ACTION_ID", ["OFFER"] = "ACTION_ID", ["OFFER_ID"] = "ACTION_ID",
        ["ANSWER"] = "EVENT_TYPE", ["RESPONSE"] = "EVENT_TYPE", ["RESULT"] = "EVENT_TYPE", ["OUTCOME"] = "EVENT_TYPE",
        ["EXPIRES"] = "EXPIRATION_TIMESTAMP", ["EXPIRATION"] = "EXPIRATION_TIMESTAMP", ["ENDS"] = "EXPIRATION_TIMESTAMP",
        ["REPEAT"] = "REPEAT_FREQUENCY", ["REPEAT_DAYS"] = "REPEAT_FREQUENCY",
    };

    /// <param name="datasetType">As <see cref="SchemaInference"/> names it: <c>ACTION</c> is an action's id only where there are actions.</param>
    public static string Normalise(string header, string datasetType)
    {
        ArgumentNullException.ThrowIfNull(datasetType);
        var isOfActions = datasetType is "Actions" or "Action_Interactions";
        return isOfActions && ActionSynonyms.TryGetValue(Plain(header), out var name) ? name : Normalise(header);
    }

    public static string Normalise(string header)
    {
        var name = Plain(header);
        return Synonyms.GetValueOrDefault(name, name);
    }

    private static string Plain(string header)
    {
        var words = CamelBoundary().Replace(header.Trim().Trim('"', '\uFEFF'), "_");
        return NotAllowed().Replace(words, "_").ToUpperInvariant();
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")] private static partial Regex CamelBoundary();
    [GeneratedRegex("[^A-Za-z0-9_]")] private static partial Regex NotAllowed();
}
