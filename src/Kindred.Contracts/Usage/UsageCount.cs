namespace Kindred.Contracts.Usage;

/// <summary>What a tenant used on a day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Subject">What it was used for, see <see cref="UsageMeasure"/>; empty where there is none.</param>
public sealed record UsageCount(DateOnly Day, UsageMeasure Measure, string Subject, long Count);
