namespace Kindred.Storage.Datasets;

/// <summary>How far sets that clients fill may grow.</summary>
public static class DataLimits
{
    /// <summary>Different event types of a dataset group: a kind of event has a name, and names are few.</summary>
    public const int EventTypes = 1000;
}
