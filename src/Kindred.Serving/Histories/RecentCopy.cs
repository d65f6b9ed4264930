namespace Kindred.Serving.Histories;

/// <summary>What <see cref="RecentEvents.Copy"/> found.</summary>
/// <param name="UserId">Whose snapshot history goes with it: the id asked for, or the user its session is linked to.</param>
/// <param name="Count">Events copied.</param>
/// <param name="Items">Names the item codes of exactly these events.</param>
/// <param name="EventTypes">Names their event-type codes.</param>
internal readonly record struct RecentCopy(string UserId, int Count, CodeTable Items, CodeTable EventTypes);
