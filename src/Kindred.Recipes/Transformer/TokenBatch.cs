namespace Kindred.Recipes.Transformer;

/// <summary>Windows of users' steps, packed one after the other without padding.</summary>
internal sealed class TokenBatch
{
    private const int NotAUser = -2;
    private const int Unknown = -1;
    private readonly int[] _users;

    /// <param name="capacity">Steps that fit in.</param>
    /// <param name="users">What is known about users; null when windows have steps alone.</param>
    public TokenBatch(int capacity, ItemFeatures? users = null)
    {
        (Users, _users) = (users, users is null ? [] : new int[capacity]);
        (Items, Positions, Types, Gaps, Targets) = (new int[capacity], new int[capacity], new int[capacity], new int[capacity], new int[capacity]);
        Weights = new float[capacity];
        Starts = new int[capacity + 1];
    }

    /// <summary>What is known about users; null when windows have steps alone.</summary>
    public ItemFeatures? Users { get; }

    /// <summary>Item of each step; of a user's token one that the window has anyway, which is not looked at.</summary>
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

    /// <summary>What is known of the contexts of targets, by ascending step.</summary>
    public List<TargetContext> Contexts { get; } = [];

    /// <summary>Where each window begins; one more than <see cref="Windows"/>.</summary>
    public int[] Starts { get; }

    public int Windows { get; private set; }

    /// <summary>Steps in all windows.</summary>
    public int Count => Starts[Windows];

    public int Capacity => Items.Length;

    public void Clear()
    {
        Windows = 0;
        Contexts.Clear();
    }

    /// <summary>Whether a step is the token of a user rather than something that the user did.</summary>
    public bool IsUser(int step) => _users.Length > 0 && _users[step] != NotAUser;

    /// <summary>Row of the user in <see cref="Users"/> whose token a step is; negative when nothing is known about the user.</summary>
    public int UserOf(int step) => _users[step];

    /// <summary>Appends a window.</summary>
    /// <param name="steps">A user's steps.</param>
    /// <param name="from">First step of the window.</param>
    /// <param name="length">Steps of the window.</param>
    /// <param name="layout">Which position and gap vectors there are.</param>
    /// <param name="user">Row of the user in <see cref="Users"/>, or -1.</param>
    /// <param name="learnsFirst">Whether the user's token has the first step of all as its target.</param>
    public void Add(StepBuffer steps, int from, int length, WeightLayout layout, int user = Unknown, bool learnsFirst = true)
    {
        var start = Count;
        if (layout.HasUserToken)
        {
            var hasFirst = from == 0 && steps.Count > 0 && learnsFirst;
            (_users[start], Items[start]) = (user, from < steps.Count ? steps.Items[from] : 0);
            (Targets[start], Weights[start]) = hasFirst ? (steps.Items[0], steps.Weights[0]) : (Items[start], 0);
            start++;
            _users.AsSpan(start, length).Fill(NotAUser);
        }
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
