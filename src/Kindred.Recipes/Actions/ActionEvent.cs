namespace Kindred.Recipes.Actions;

/// <summary>What a user did about an action that was recommended to them.</summary>
public enum ActionEvent : byte
{
    /// <summary>Saw it; neither taken nor declined yet.</summary>
    Viewed = 0,

    /// <summary>Declined it.</summary>
    NotTaken = 1,

    /// <summary>Took it.</summary>
    Taken = 2,
}
