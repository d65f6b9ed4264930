using Kindred.Portal.Controls.Recommendations;

namespace Kindred.Portal.Components.Layout;

/// <summary>The same calls in the languages that people use, with address and ids filled in. Secrets come from the environment.</summary>
public static class ConnectSnippets
{
    /// <param name="endpoint">ARN of a campaign or a recommender.</param>
    /// <param name="recipe">What it serves, which says what a call has to name; empty for recommendations for a user.</param>
    public static IReadOnlyList<(string Name, string Text)> Recommendations(string address, string region, string endpoint, string recipe = "") =>
        CallSnippets.Of(AskedCall.Example(endpoint, recipe), address, region);

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
