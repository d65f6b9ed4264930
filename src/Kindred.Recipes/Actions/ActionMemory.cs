namespace Kindred.Recipes.Actions;

/// <summary>What one user has done about actions so far.</summary>
internal sealed class ActionMemory
{
    private readonly Dictionary<int, Pair> _pairs = [];

    public int Taken { get; private set; }
    public int Other { get; private set; }

    /// <summary>What the user has done about one action.</summary>
    public Pair Of(int action) => _pairs.GetValueOrDefault(action, Pair.Nothing);

    public void Record(int action, ActionEvent what, long time)
    {
        var pair = Of(action);
        _pairs[action] = what switch
        {
            ActionEvent.Taken => pair with { Taken = pair.Taken + 1, Last = time, LastTaken = time },
            ActionEvent.NotTaken => pair with { NotTaken = pair.NotTaken + 1, Last = time },
            _ => pair with { Viewed = pair.Viewed + 1, Last = time },
        };
        Taken += what is ActionEvent.Taken ? 1 : 0;
        Other += what is ActionEvent.Taken ? 0 : 1;
    }

    /// <param name="Taken">Times taken.</param>
    /// <param name="NotTaken">Times declined.</param>
    /// <param name="Viewed">Times seen.</param>
    /// <param name="Last">Newest event, epoch seconds; <see cref="Never"/> = none.</param>
    /// <param name="LastTaken">Newest time it was taken.</param>
    public readonly record struct Pair(int Taken, int NotTaken, int Viewed, long Last, long LastTaken)
    {
        public const long Never = long.MinValue;

        public static Pair Nothing { get; } = new(0, 0, 0, Never, Never);
    }
}
