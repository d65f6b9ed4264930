namespace Kindred.Grains.Jobs;

/// <summary>On which terms an attempt waits and runs, as its resource stands when it is ordered.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.JobTerms")]
internal sealed record JobTerms
{
    public static JobTerms Plain { get; } = new();

    /// <summary>Nobody waits for the work, and it can go on from where it was: it steps aside for work that somebody waits for.</summary>
    [Id(0)] public bool GivesWay { get; init; }

    /// <summary>
    /// What the attempt builds on and replaces, such as the ARNs of datasets: one silo never works on one of them twice at a time.
    /// </summary>
    [Id(1)] public IReadOnlyList<string> Guards { get; init; } = [];
}
