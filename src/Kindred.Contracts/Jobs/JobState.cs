namespace Kindred.Contracts.Jobs;

/// <summary>
/// What a job remembers. When it has ended, only the number of attempts is left. Members keep their <c>Id</c> for ever; a new one takes
/// the next.
/// </summary>
[GenerateSerializer, Immutable, Alias("Kindred.JobState")]
public sealed record JobState
{
    /// <summary><see cref="JobKind.None"/> when no work is waiting or under way.</summary>
    [Id(0)] public JobKind Kind { get; init; }
    /// <summary>Goes up with every start. Only the newest attempt may publish; an older one is a zombie.</summary>
    [Id(1)] public int Attempt { get; init; }
    /// <summary>Attempts that ended neither well nor because the host was stopped: the process died, or a disk failed.</summary>
    [Id(2)] public int Failures { get; init; }
    /// <summary>Somebody asked the job to stop.</summary>
    [Id(3)] public bool Cancelled { get; init; }
    [Id(4)] public DateTimeOffset StartedAt { get; init; }
    /// <summary>Whether an attempt is under way, as far as storage knows.</summary>
    [Id(5)] public bool Running { get; init; }
    /// <summary>The silo whose attempt is under way, by address and incarnation; null when none is.</summary>
    [Id(6)] public string? LeaseHolder { get; init; }
    /// <summary>Until when nobody else takes the job over. The attempt's heartbeats move it on; a silo that is gone holds nothing.</summary>
    [Id(7)] public DateTimeOffset LeaseUntil { get; init; }
}
