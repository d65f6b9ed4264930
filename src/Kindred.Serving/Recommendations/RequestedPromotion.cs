using Kindred.Serving.Filters;

namespace Kindred.Serving.Recommendations;

/// <summary>Items that shall be shown among the others.</summary>
/// <param name="Name">Stands beside each of them; null when the request named none.</param>
/// <param name="Percent">Their share of the places, 1 to 100.</param>
/// <param name="Filter">Which ones; the filter of the request does not concern them.</param>
internal sealed record RequestedPromotion(string? Name, int Percent, BoundFilter Filter);
