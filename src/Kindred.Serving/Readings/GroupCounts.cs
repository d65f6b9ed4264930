namespace Kindred.Serving.Readings;

/// <summary>How much a dataset group holds, as serving sees it.</summary>
/// <param name="Interactions">Kept of all users; of each the newest <see cref="Storage.Snapshots.UserHistory.DefaultMaxEventsPerUser"/>.</param>
/// <param name="Users">With an interaction, anonymous sessions among them.</param>
/// <param name="Items">With an interaction.</param>
/// <param name="CatalogueItems">Of the items dataset.</param>
/// <param name="CatalogueUsers">Of the users dataset.</param>
/// <param name="LiveVisitors">Users and sessions with events since the last compaction.</param>
public sealed record GroupCounts(long Interactions, int Users, int Items, int CatalogueItems, int CatalogueUsers, int LiveVisitors);
