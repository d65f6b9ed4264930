namespace Kindred.Portal.Components.Layout;

/// <summary>The same calls in the languages that people use, with address and ids filled in. Secrets come from the environment.</summary>
public static class ConnectSnippets
{
    public static IReadOnlyList<(string Name, string Text)> Recommendations(
        string address, string region, string campaign, string user = "USER_ID", int count = 10) =>
    [
        ("curl", $$"""
            curl {{address}}/recommendations \
              -H "x-api-key: $KINDRED_KEY_ID:$KINDRED_SECRET" \
              -H "content-type: application/json" \
              -d '{"campaignArn":"{{campaign}}","userId":"{{user}}","numResults":{{count}}}'
            """),
        ("Python", $"""
            import boto3

            runtime = boto3.client("personalize-runtime", region_name="{region}", endpoint_url="{address}")
            answer = runtime.get_recommendations(campaignArn="{campaign}", userId="{user}", numResults={count})
            print([item["itemId"] for item in answer["itemList"]])
            """),
        ("JavaScript", $$"""
            import { PersonalizeRuntimeClient, GetRecommendationsCommand } from "@aws-sdk/client-personalize-runtime";

            const runtime = new PersonalizeRuntimeClient({ region: "{{region}}", endpoint: "{{address}}" });
            const answer = await runtime.send(new GetRecommendationsCommand({
              campaignArn: "{{campaign}}", userId: "{{user}}", numResults: {{count}},
            }));
            console.log(answer.itemList.map((item) => item.itemId));
            """),
        ("C#", $$"""
            using Amazon.PersonalizeRuntime;
            using Amazon.PersonalizeRuntime.Model;

            var runtime = new AmazonPersonalizeRuntimeClient(
                new AmazonPersonalizeRuntimeConfig { ServiceURL = "{{address}}", AuthenticationRegion = "{{region}}" });
            var answer = await runtime.GetRecommendationsAsync(new GetRecommendationsRequest
            {
                CampaignArn = "{{campaign}}", UserId = "{{user}}", NumResults = {{count}},
            });
            """),
    ];

    public static IReadOnlyList<(string Name, string Text)> Event(string address, string region, string tracker) =>
    [
        ("curl", $$"""
            curl {{address}}/events \
              -H "x-api-key: $KINDRED_KEY_ID:$KINDRED_SECRET" \
              -H "content-type: application/json" \
              -d '{"trackingId":"{{tracker}}","userId":"USER_ID","sessionId":"SESSION_ID",
                   "eventList":[{"eventType":"view","itemId":"ITEM_ID","sentAt":'"$(date +%s)"'}]}'
            """),
        ("Python", $$"""
            import boto3, time

            events = boto3.client("personalize-events", region_name="{{region}}", endpoint_url="{{address}}")
            events.put_events(trackingId="{{tracker}}", userId="USER_ID", sessionId="SESSION_ID",
                              eventList=[{"eventType": "view", "itemId": "ITEM_ID", "sentAt": int(time.time())}])
            """),
        ("JavaScript", $$"""
            import { PersonalizeEventsClient, PutEventsCommand } from "@aws-sdk/client-personalize-events";

            const events = new PersonalizeEventsClient({ region: "{{region}}", endpoint: "{{address}}" });
            await events.send(new PutEventsCommand({
              trackingId: "{{tracker}}", userId: "USER_ID", sessionId: "SESSION_ID",
              eventList: [{ eventType: "view", itemId: "ITEM_ID", sentAt: new Date() }],
            }));
            """),
        ("C#", $$"""
            using Amazon.PersonalizeEvents;
            using Amazon.PersonalizeEvents.Model;

            var events = new AmazonPersonalizeEventsClient(
                new AmazonPersonalizeEventsConfig { ServiceURL = "{{address}}", AuthenticationRegion = "{{region}}" });
            await events.PutEventsAsync(new PutEventsRequest
            {
                TrackingId = "{{tracker}}", UserId = "USER_ID", SessionId = "SESSION_ID",
                EventList = [new Event { EventType = "view", ItemId = "ITEM_ID", SentAt = DateTime.UtcNow }],
            });
            """),
    ];
}
