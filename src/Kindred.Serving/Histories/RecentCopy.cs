namespace Kindred.Serving.Histories;

/// <summary>What <see cref="RecentEvents.Copy"/> found.</summary>
/// <param name="UserId">Whose snapshot history goes with it: the id asked for, or the user its session is linked to.</param>
/// <param name="LinkedSessions">
/// Sessions that were linked to that user of late: what they did before may still lie under their own ids in the snapshot.
/// </param>
/// <param name="Count">Events copied.</param>
/// <param name="Items">Names the item codes of exactly these events.</param>
/// <param name="EventTypes">Names their event-type codes.</param>
internal readonly record struct RecentCopy(string UserId, string[] LinkedSessions, int Count, CodeTable Items, CodeTable EventTypes);
