namespace Kindred.Contracts.Jobs;

/// <summary>What a job does. The numbers are stored: they are only ever appended.</summary>
public enum JobKind
{
    None = 0,
    /// <summary>Reads CSV files into a dataset.</summary>
    Import = 1,
    /// <summary>Trains a solution version.</summary>
    Train = 2,
    /// <summary>Loads a solution version into a campaign.</summary>
    Deploy = 3,
    /// <summary>Moves a dataset group's streamed records into segments.</summary>
    Compact = 4,
}
