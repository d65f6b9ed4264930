namespace Kindred.Contracts.Usage;

/// <summary>What is counted. The numbers are stored: they are only ever appended.</summary>
public enum UsageMeasure
{
    /// <summary>Answered requests for recommendations; subject: the campaign's or recommender's ARN.</summary>
    Recommendations = 1,
    /// <summary>Answered requests for a ranking; subject: the campaign's ARN.</summary>
    Rankings = 2,
    /// <summary>Events that were taken; subject: the tracking id.</summary>
    Events = 3,
    /// <summary>Items that were put; subject: the dataset's ARN.</summary>
    Items = 4,
    /// <summary>Users that were put; subject: the dataset's ARN.</summary>
    Users = 5,
    /// <summary>Changes and lists of resources; no subject.</summary>
    ControlRequests = 6,
    /// <summary>Answered requests for actions; subject: the campaign's ARN.</summary>
    ActionRecommendations = 7,
    /// <summary>Actions that were put; subject: the dataset's ARN.</summary>
    Actions = 8,
    /// <summary>Action interactions that were taken; subject: the tracking id.</summary>
    ActionInteractions = 9,
    /// <summary>Lines that batch jobs answered; subject: the solution version's ARN.</summary>
    BatchLines = 10,
}
