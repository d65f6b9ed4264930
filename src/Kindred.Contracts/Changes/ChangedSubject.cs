namespace Kindred.Contracts.Changes;

/// <summary>What a <see cref="Change"/> speaks of, and with it what its key and number are. The numbers are only ever appended.</summary>
public enum ChangedSubject
{
    /// <summary>Which model a campaign serves. Key: the campaign's ARN.</summary>
    Campaign = 1,
    /// <summary>Which dataset group a tracking id feeds, with events or with action interactions. Key: <see cref="Events.TrackerKey"/>.</summary>
    EventTracker = 2,
    /// <summary>The published data of a dataset group: its datasets and their snapshots. Key: the group's ARN.</summary>
    DatasetGroup = 3,
    /// <summary>The records streamed into a dataset group. Key: the group's ARN; number: the position of the next record.</summary>
    EventLog = 4,
    /// <summary>Whether an access key may be used. Key: its id.</summary>
    AccessKey = 5,
    /// <summary>A model artifact that is deleted. Key: its reference, which no other model will ever have; number: 1.</summary>
    Model = 6,
    /// <summary>Whether there is a filter, and what it says. Key: its ARN.</summary>
    Filter = 7,
    /// <summary>Which model a recommender serves, and whether it does. Key: its ARN.</summary>
    Recommender = 8,
}
