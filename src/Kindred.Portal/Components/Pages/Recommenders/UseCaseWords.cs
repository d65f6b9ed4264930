using Kindred.Operations.Solutions;

namespace Kindred.Portal.Components.Pages.Recommenders;

/// <summary>What a use case is for, in the words of somebody who has a place to fill and not an algorithm.</summary>
/// <param name="Title">What people call the result.</param>
/// <param name="Question">What it answers.</param>
internal sealed record UseCaseWords(string Title, string Question)
{
    private static readonly Dictionary<string, UseCaseWords> Known = new(StringComparer.Ordinal)
    {
        ["aws-ecomm-recommended-for-you"] = new("Recommended for you", "What is this customer likely to buy next?"),
        ["aws-ecomm-frequently-bought-together"] = new("Bought together", "What do people buy along with this item?"),
        ["aws-ecomm-customers-who-viewed-x-also-viewed"] = new("Also viewed", "What else do customers look at who looked at this item?"),
        ["aws-ecomm-popular-items-by-purchases"] = new("Best sellers", "What do most customers buy?"),
        ["aws-ecomm-popular-items-by-views"] = new("Most viewed", "What do most customers look at?"),
        ["aws-vod-top-picks"] = new("Top picks for you", "What is this viewer likely to watch next?"),
        ["aws-vod-because-you-watched-x"] = new("Because you watched", "What do viewers watch who watched this video?"),
        ["aws-vod-more-like-x"] = new("More like this", "Which videos are like this one?"),
        ["aws-vod-trending-now"] = new("Trending now", "What is growing fastest at the moment?"),
        ["aws-vod-most-popular"] = new("Most popular", "What do most viewers watch?"),
    };

    /// <summary>The use cases in the order in which most projects want them.</summary>
    public static IEnumerable<UseCaseOffer> InOrder(IEnumerable<UseCaseOffer> offers)
    {
        var order = Known.Keys.ToList();
        return offers.OrderBy(offer => order.IndexOf(offer.Name) is >= 0 and var place ? place : int.MaxValue);
    }

    /// <summary>A use case that has no words of its own is called by its name.</summary>
    /// <param name="name">The last part of its ARN.</param>
    public static UseCaseWords Of(string name, string description = "") => Known.GetValueOrDefault(name) ?? new(name, description);

    /// <param name="arn">Such as <c>arn:aws:personalize:::recipe/aws-vod-top-picks</c>.</param>
    public static UseCaseWords OfArn(string arn) => Of(NameOf(arn));

    public static string NameOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    /// <summary>What it learns from, and what it does with what users have met.</summary>
    public static string Needs(UseCaseOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var needs = offer.EventType is { } type ? $"Learns from {type} events" : "Learns from all events";
        if (offer.NeedsItems) needs += " and from items with attributes";
        return offer.ExcludedEventType switch
        {
            null => $"{needs}.",
            "Purchase" => $"{needs}; leaves out what they bought already.",
            "Watch" => $"{needs}; leaves out what they watched already.",
            var met => $"{needs}; leaves out what they had a {met} of.",
        };
    }

    /// <returns>Events of the project that the use case counts.</returns>
    /// <param name="counts">Events of the project by type.</param>
    public static long Counted(UseCaseOffer offer, IEnumerable<(string EventType, long Interactions)> counts)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return counts.Where(count => offer.EventType is null || count.EventType.Equals(offer.EventType, StringComparison.OrdinalIgnoreCase))
            .Sum(count => count.Interactions);
    }
}
