namespace Kindred.Contracts.Solutions;

/// <summary>What comes after the quick model of a solution version. The numbers are stored: they are only ever appended.</summary>
public enum Refinement
{
    /// <summary>Nothing: the recipe has one model, or the version is not ACTIVE yet.</summary>
    None = 0,
    /// <summary>The full model is being trained, or waits to be; until then the quick one serves.</summary>
    UnderWay = 1,
    /// <summary>The full model serves.</summary>
    Done = 2,
    /// <summary>Somebody stopped it; the quick model goes on serving.</summary>
    Stopped = 3,
    /// <summary>It failed; the quick model goes on serving.</summary>
    Failed = 4,
}
