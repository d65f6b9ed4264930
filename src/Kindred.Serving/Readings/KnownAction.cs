namespace Kindred.Serving.Readings;

/// <summary>The actions of a dataset group.</summary>
/// <param name="Count">Of all of them.</param>
/// <param name="Newest">Some of them: those that were put of late, then the others in the order of the dataset.</param>
public sealed record KnownActions(int Count, IReadOnlyList<KnownAction> Newest);

/// <summary>An action, and how often users met it and answered; of what was imported and compacted.</summary>
/// <param name="Action">What is known of it.</param>
public sealed record KnownAction(ItemReading Action, long Viewed, long NotTaken, long Taken);

/// <summary>One thing that a user did about an action.</summary>
/// <param name="EventType">Taken, Not Taken or Viewed.</param>
public sealed record PastActionReading(string ActionId, string EventType, DateTimeOffset When);
