namespace Kindred.Contracts.Access;

/// <summary>What kind of actor is behind a call. The numbers travel between silos: they are only ever appended.</summary>
public enum ActorKind
{
    /// <summary>An application that holds an access key.</summary>
    AccessKey = 1,
    /// <summary>Somebody who has signed in.</summary>
    Person = 2,
    /// <summary>The service's own work: jobs, reminders, start-up.</summary>
    Service = 3,
    /// <summary>An application that holds a token of its own, which no person gave it.</summary>
    Application = 4,
}
