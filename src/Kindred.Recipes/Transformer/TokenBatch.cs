namespace Kindred.Recipes.Transformer;

/// <summary>Windows of users' steps, packed one after the other without padding.</summary>
internal sealed class TokenBatch
{
    /// <param name="capacity">Steps that fit in.</param>
    public TokenBatch(int capacity)
    {
        (Items, Positions, Types, Gaps, Targets) = (new int[capacity], new int[capacity], new int[capacity], new int[capacity], new int[capacity]);
        Weights = new float[capacity];
        Starts = new int[capacity + 1];
    }

    /// <summary>Item of each step.</summary>
    public int[] Items { get; }

    /// <summary>Row of the position table: the newest step of a window has the last one.</summary>
    public int[] Positions { get; }

    /// <summary>Event type + 1, 0 = none.</summary>
    public int[] Types { get; }

    /// <summary>Bucket of the time since the step before.</summary>
    public int[] Gaps { get; }

    /// <summary>The item to predict at each step.</summary>
    public int[] Targets { get; }

    /// <summary>How much the target of each step counts; 0 = not at all.</summary>
    public float[] Weights { get; }

    /// <summary>Where each window begins; one more than <see cref="Windows"/>.</summary>
    public int[] Starts { get; }

    public int Windows { get; private set; }

    /// <summary>Steps in all windows.</summary>
    public int Count => Starts[Windows];

    public int Capacity => Items.Length;

    public void Clear() => Windows = 0;

    /// <summary>Appends a window.</summary>
    /// <param name="steps">A user's steps.</param>
    /// <param name="from">First step of the window.</param>
    /// <param name="length">Steps of the window.</param>
    /// <param name="layout">Which position and gap vectors there are.</param>
    public void Add(StepBuffer steps, int from, int length, WeightLayout layout)
    {
        var start = Count;
        steps.Items.AsSpan(from, length).CopyTo(Items.AsSpan(start));
        steps.Types.AsSpan(from, length).CopyTo(Types.AsSpan(start));
        if (layout.UsesGaps)
            steps.Gaps.AsSpan(from, length).CopyTo(Gaps.AsSpan(start));
        else
            Gaps.AsSpan(start, length).Clear();
        for (var i = 0; i < length; i++)
        {
            Positions[start + i] = layout.MaxLength - length + i;
            var hasTarget = from + i + 1 < steps.Count;
            Targets[start + i] = hasTarget ? steps.Items[from + i + 1] : 0;
            Weights[start + i] = hasTarget ? steps.Weights[from + i + 1] : 0;
        }
        Starts[++Windows] = start + length;
    }
}
