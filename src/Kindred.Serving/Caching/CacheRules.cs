namespace Kindred.Serving.Caching;

/// <summary>How long a <see cref="VersionedCache{TKey,TValue}"/> believes what it holds, and how much it holds.</summary>
internal sealed record CacheRules
{
    /// <summary>What is held, in metrics and traces, such as <c>campaigns</c>.</summary>
    public required string Name { get; init; }
    /// <summary>From this age on an answer is asked for again, in the background, by whoever uses it.</summary>
    public required TimeSpan Lifetime { get; init; }
    /// <summary>At this age an answer ends, also when its owner cannot be reached.</summary>
    public required TimeSpan HardLimit { get; init; }
    /// <summary>How long it is believed that a key has no value.</summary>
    public required TimeSpan AbsenceLifetime { get; init; }
    /// <summary>Most keys remembered to have no value; the oldest makes room.</summary>
    public required int MaxAbsences { get; init; }
    /// <summary>Most values held; those asked for longest ago make room.</summary>
    public required int MaxValues { get; init; }
    /// <summary>How long a reader waits for what a push announced before it takes what is held. Zero: it never waits.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Between two questions to an owner that does not know yet what a push announced.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromMilliseconds(100);
    /// <summary>Most questions in a row to such an owner; then its answer holds.</summary>
    public int MaxQuestions { get; init; } = 5;
    /// <summary>How long an owner is left alone that could not be reached, while there is something to serve.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    public static CacheRules Of(ServingOptions options, string name) => new()
    {
        Name = name,
        Lifetime = options.AnswerLifetime, HardLimit = options.AnswerLimit,
        AbsenceLifetime = options.AbsenceLifetime, MaxAbsences = options.MaxAbsences, MaxValues = options.MaxAnswers,
    };
}
