using System.Globalization;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.Components.Pages.Overview;

/// <summary>The way of a project from data to recommendations. A project of a domain has recommenders, which need no solution.</summary>
internal static class OverviewSteps
{
    /// <param name="domain">Of the project; null for none.</param>
    /// <param name="versions">Models that are ready.</param>
    /// <param name="events">Of the last 30 days.</param>
    public static IReadOnlyList<OverviewStep> Of(
        string? domain, long interactions, int versions, IReadOnlyList<ProjectEndpoint> endpoints, long events)
    {
        var data = new OverviewStep("Data", interactions > 0 ? Text($"{interactions:N0} interactions") : "A file of what people did", interactions > 0,
            "datasets", "Import data");
        var live = new OverviewStep("Live events", events > 0 ? Text($"{events:N0} in 30 days") : "Waiting for the first event of your application",
            events > 0, "events", "How to send one");
        var answering = endpoints.FirstOrDefault(endpoint => endpoint.IsLive);
        if (domain is not null)
        {
            return
            [
                data,
                new("Recommender", answering is not null ? $"{answering.Name} answers"
                        : endpoints.Count > 0 ? $"{endpoints[0].Name} is not ready yet" : "Ready-made: learns from the data, and answers your application",
                    answering is not null, "recommenders", endpoints.Count > 0 ? "See how far it is" : "Create a recommender"),
                live,
            ];
        }
        return
        [
            data,
            new("Model", versions > 0 ? Text($"{versions:N0} trained") : "Learns from the data", versions > 0, "solutions", "Train a solution"),
            new("Campaign", answering is not null ? $"{answering.Name} answers" : "Answers your application", answering is not null,
                "campaigns", "Make a campaign"),
            live,
        ];
    }

    /// <summary>What a project's endpoints are called together.</summary>
    public static string EndpointsTitle(string? domain, IReadOnlyList<ProjectEndpoint> endpoints) =>
        (domain, endpoints.Any(e => !e.IsRecommender)) switch
        {
            (null, _) => "Campaigns",
            (_, true) => "Recommenders, campaigns",
            _ => "Recommenders",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
