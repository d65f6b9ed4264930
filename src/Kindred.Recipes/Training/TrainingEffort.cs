namespace Kindred.Recipes.Training;

/// <summary>How far up the ladder of members a training climbs.</summary>
public enum TrainingEffort
{
    /// <summary>Every member that the recipe knows, as long as the data carries it.</summary>
    Full = 0,

    /// <summary>Only members that are counted rather than learned: a usable model within seconds, to serve until the full one is ready.</summary>
    Quick = 1,
}
