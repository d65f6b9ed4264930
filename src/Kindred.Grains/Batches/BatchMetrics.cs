using System.Diagnostics.Metrics;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Telemetry;

namespace Kindred.Grains.Batches;

/// <summary>What batch jobs of this process have answered.</summary>
internal static class BatchMetrics
{
    private static readonly Counter<long> Lines = KindredTelemetry.Meter.CreateCounter<long>(
        "kindred.batch.lines", "{line}", "Lines that batch jobs answered.");

    public static void Answered(string account, JobKind kind, long good, long refused)
    {
        Count(account, kind, good, "good");
        Count(account, kind, refused, "refused");
    }

    private static void Count(string account, JobKind kind, long lines, string outcome) => Lines.Add(lines,
        new(TelemetryAttributes.Tenant, account), new("kindred.job.kind", kind.ToString()), new("kindred.batch.outcome", outcome));
}
