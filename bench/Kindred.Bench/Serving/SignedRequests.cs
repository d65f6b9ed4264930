using System.Text.Json.Nodes;

namespace Kindred.Bench.Serving;

/// <summary>
/// GetRecommendations of every user and an event of every user, signed beforehand: a signature is good for 15 minutes, so wrk
/// replays them while the server verifies each one in full.
/// </summary>
internal static class SignedRequests
{
    /// <summary>How long a script may be used; less than the signatures are good for by more than a round lasts.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(8);

    /// <summary>One request in so many is an event; the user whose event it is comes next.</summary>
    public const int EventEvery = 10;

    /// <summary>A script for wrk that goes through the users in turn.</summary>
    /// <param name="address">Where the requests go.</param>
    /// <param name="campaignArn">Whom to ask.</param>
    /// <param name="trackingId">Where events go.</param>
    /// <param name="audience">Users and items.</param>
    /// <param name="path">Where the script is written; the requests lie beside it.</param>
    public static async Task WriteAsync(Uri address, string campaignArn, string trackingId, Audience audience, string path)
    {
        using var capture = RequestCapture.Signed();
        var questions = await capture.PostAllAsync(new Uri(address, "/recommendations"), audience.Users.Select(
            user => new JsonObject { ["campaignArn"] = campaignArn, ["userId"] = user }));
        var events = await capture.PostAllAsync(new Uri(address, "/events"), audience.Events(trackingId));
        await WrkScript.WriteAsync(path, questions, events, EventEvery);
    }
}
