namespace Kindred.Contracts.Jobs;

/// <summary>What a job does. The numbers are stored: they are only ever appended.</summary>
public enum JobKind
{
    None = 0,
    /// <summary>Reads CSV files into a dataset.</summary>
    Import = 1,
    /// <summary>Trains a solution version within seconds: by a recipe that counts, or the quick model of one that learns.</summary>
    Train = 2,
    /// <summary>Loads a solution version into a campaign.</summary>
    Deploy = 3,
    /// <summary>Moves a dataset group's streamed records into segments.</summary>
    Compact = 4,
    /// <summary>Trains a solution version as far as its recipe can: minutes, or as long as a search may take.</summary>
    TrainFully = 5,
    /// <summary>Answers the lines of some files with recommendations.</summary>
    BatchInference = 6,
    /// <summary>Answers the lines of some files with users.</summary>
    BatchSegment = 7,
    /// <summary>Writes the rows of a dataset into CSV files.</summary>
    Export = 8,
    /// <summary>Removes users and what they did from a dataset group.</summary>
    DeleteData = 9,
}
