namespace Kindred.Portal.Components.Pages.Events;

/// <summary>How an application says what a user did about an action. Secrets come from the environment.</summary>
internal static class ActionEventSnippets
{
    /// <param name="tracker">Tracking id of the dataset of action interactions.</param>
    public static IReadOnlyList<(string Name, string Text)> Of(string address, string region, string tracker) =>
    [
        ("curl", $$"""
            curl {{address}}/action-interactions \
              -H "x-api-key: $KINDRED_KEY_ID:$KINDRED_SECRET" \
              -H "content-type: application/json" \
              -d '{"trackingId":"{{tracker}}",
                   "actionInteractions":[{"actionId":"ACTION_ID","userId":"USER_ID","sessionId":"SESSION_ID",
                                          "eventType":"Taken","timestamp":'"$(date +%s)"'}]}'
            """),
        ("Python", $$"""
            import boto3, time

            events = boto3.client("personalize-events", region_name="{{region}}", endpoint_url="{{address}}")
            events.put_action_interactions(
                trackingId="{{tracker}}",
                actionInteractions=[{"actionId": "ACTION_ID", "userId": "USER_ID", "sessionId": "SESSION_ID",
                                     "eventType": "Taken", "timestamp": int(time.time())}])
            """),
        ("JavaScript", $$"""
            import { PersonalizeEventsClient, PutActionInteractionsCommand } from "@aws-sdk/client-personalize-events";

            const events = new PersonalizeEventsClient({ region: "{{region}}", endpoint: "{{address}}" });
            await events.send(new PutActionInteractionsCommand({
              trackingId: "{{tracker}}",
              actionInteractions: [{ actionId: "ACTION_ID", userId: "USER_ID", sessionId: "SESSION_ID",
                                     eventType: "Taken", timestamp: new Date() }],
            }));
            """),
        ("C#", $$"""
            using Amazon.PersonalizeEvents;
            using Amazon.PersonalizeEvents.Model;

            var events = new AmazonPersonalizeEventsClient(
                new AmazonPersonalizeEventsConfig { ServiceURL = "{{address}}", AuthenticationRegion = "{{region}}" });
            await events.PutActionInteractionsAsync(new PutActionInteractionsRequest
            {
                TrackingId = "{{tracker}}",
                ActionInteractions = [new ActionInteraction
                {
                    ActionId = "ACTION_ID", UserId = "USER_ID", SessionId = "SESSION_ID", EventType = "Taken", Timestamp = DateTime.UtcNow,
                }],
            });
            """),
    ];
}
