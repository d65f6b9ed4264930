namespace Kindred.Grains.Solutions;

/// <summary>How much of a model a training makes anew.</summary>
internal static class TrainingModes
{
    /// <summary>All of it.</summary>
    public const string Full = "FULL";

    /// <summary>It goes on from an earlier version of the solution.</summary>
    public const string Update = "UPDATE";
}
