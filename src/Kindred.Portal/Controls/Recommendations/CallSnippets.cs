using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>One call in the languages that people use. Secrets come from the environment; whatever tenants named is quoted.</summary>
internal static class CallSnippets
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<(string Name, string Text)> Of(AskedCall call, string address, string region) =>
    [
        ("curl", Curl(call, address)), ("Python", Python(call, address, region)), ("JavaScript", JavaScript(call, address, region)),
        ("C#", CSharp(call, address, region)),
    ];

    /// <summary>What a call is named in the places where it has a name.</summary>
    private sealed record Names(string Path, string Python, string Operation, string List, string Each)
    {
        public static Names Of(AskedCall call) =>
            call.IsRanking ? new("personalize-ranking", "get_personalized_ranking", "GetPersonalizedRanking", "personalizedRanking", "item")
            : call.IsOfActions ? new("action-recommendations", "get_action_recommendations", "GetActionRecommendations", "actionList", "action")
            : new("recommendations", "get_recommendations", "GetRecommendations", "itemList", "item");
    }

    private static string Curl(AskedCall call, string address)
    {
        var body = "{" + string.Join(",", Members(call).Select(m => $"\"{m.Name}\":{m.Value}")) + "}";
        return $$"""
            curl {{address}}/{{Names.Of(call).Path}} \
              -H "x-api-key: $KINDRED_KEY_ID:$KINDRED_SECRET" \
              -H "content-type: application/json" \
              -d '{{body.Replace("'", "'\\''", StringComparison.Ordinal)}}'
            """;
    }

    private static string Python(AskedCall call, string address, string region)
    {
        var names = Names.Of(call);
        return $"""
            import boto3

            runtime = boto3.client("personalize-runtime", region_name="{region}", endpoint_url="{address}")
            answer = runtime.{names.Python}(
                {string.Join(",\n    ", Members(call).Select(m => $"{m.Name}={m.Value}"))},
            )
            print([{names.Each}["{names.Each}Id"] for {names.Each} in answer["{names.List}"]])
            """;
    }

    private static string JavaScript(AskedCall call, string address, string region)
    {
        var names = Names.Of(call);
        var command = $"{names.Operation}Command";
        return $$"""
            import { PersonalizeRuntimeClient, {{command}} } from "@aws-sdk/client-personalize-runtime";

            const runtime = new PersonalizeRuntimeClient({ region: "{{region}}", endpoint: "{{address}}" });
            const answer = await runtime.send(new {{command}}({
              {{string.Join(",\n  ", Members(call).Select(m => $"{m.Name}: {m.Value}"))}},
            }));
            console.log(answer.{{names.List}}.map(({{names.Each}}) => {{names.Each}}.{{names.Each}}Id));
            """;
    }

    private static string CSharp(AskedCall call, string address, string region)
    {
        var operation = Names.Of(call).Operation;
        var members = new List<string> { $"{(call.IsOfRecommender ? "RecommenderArn" : "CampaignArn")} = {Text(call.Endpoint)}" };
        if (call.UserId is { } user) members.Add($"UserId = {Text(user)}");
        if (call.ItemId is { } item) members.Add($"ItemId = {Text(item)}");
        members.Add(call.Items is { } items ? $"InputList = [{string.Join(", ", items.Select(Text))}]" : $"NumResults = {call.Count}");
        if (call.Filter is { } filter) members.Add($"FilterArn = {Text(filter)}");
        if (call.FilterValues is { } values)
            members.Add("FilterValues = new() { " + string.Join(", ", values.Select(v => $"[{Text(v.Key)}] = {Text(v.Value)}")) + " }");
        if (call.Context.Count > 0)
            members.Add("Context = new() { " + string.Join(", ", call.Context.Select(c => $"[{Text(c.Key)}] = {Text(c.Value)}")) + " }");
        if (call.Columns.Count > 0)
            members.Add($"MetadataColumns = new() {{ [\"ITEMS\"] = [{string.Join(", ", call.Columns.Select(Text))}] }}");
        return $$"""
            using Amazon.PersonalizeRuntime;
            using Amazon.PersonalizeRuntime.Model;

            var runtime = new AmazonPersonalizeRuntimeClient(
                new AmazonPersonalizeRuntimeConfig { ServiceURL = "{{address}}", AuthenticationRegion = "{{region}}" });
            var answer = await runtime.{{operation}}Async(new {{operation}}Request
            {
                {{string.Join(",\n    ", members)}},
            });
            """;
    }

    /// <summary>The request's members with their values in JSON, which Python, JavaScript and curl all read.</summary>
    private static IEnumerable<(string Name, string Value)> Members(AskedCall call)
    {
        yield return (call.IsOfRecommender ? "recommenderArn" : "campaignArn", Text(call.Endpoint));
        if (call.UserId is { } user) yield return ("userId", Text(user));
        if (call.ItemId is { } item) yield return ("itemId", Text(item));
        if (call.Items is { } items) yield return ("inputList", JsonSerializer.Serialize(items, Readable));
        else yield return ("numResults", call.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (call.Filter is { } filter) yield return ("filterArn", Text(filter));
        if (call.FilterValues is { } values) yield return ("filterValues", JsonSerializer.Serialize(values, Readable));
        if (call.Context.Count > 0) yield return ("context", JsonSerializer.Serialize(call.Context, Readable));
        if (call.Columns.Count > 0) yield return ("metadataColumns", $"{{\"ITEMS\":{JsonSerializer.Serialize(call.Columns, Readable)}}}");
    }

    private static string Text(string value) => JsonSerializer.Serialize(value, Readable);
}
