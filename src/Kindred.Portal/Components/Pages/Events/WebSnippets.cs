namespace Kindred.Portal.Components.Pages.Events;

/// <summary>What a web page needs to send events: nothing but a key that is meant to be public.</summary>
internal static class WebSnippets
{
    public static IReadOnlyList<(string Name, string Text)> Of(string address, string trackingId) =>
    [
        ("Web page", $$"""
            <script>
              // A browser key of this organisation, with your site among its origins: it may send events and no more.
              const kindred = { address: "{{address}}", key: "KEY_ID:SECRET", tracker: "{{trackingId}}" };
              const session = sessionStorage.kindred ??= crypto.randomUUID();

              function track(eventType, itemId, userId) {
                return fetch(`${kindred.address}/events`, {
                  method: "POST", keepalive: true,
                  headers: { "content-type": "application/json", "x-api-key": kindred.key },
                  body: JSON.stringify({
                    trackingId: kindred.tracker, sessionId: session, userId,
                    eventList: [{ eventType, itemId, sentAt: Math.floor(Date.now() / 1000) }],
                  }),
                });
              }

              track("View", "ITEM_ID", "USER_ID");
            </script>
            """),
    ];
}
