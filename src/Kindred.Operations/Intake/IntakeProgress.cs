namespace Kindred.Operations.Intake;

/// <param name="Stage">What is being done, a short phrase.</param>
/// <param name="Fraction">Of the stage, 0..1.</param>
public sealed record IntakeProgress(string Stage, double Fraction);

/// <summary>Bytes of one stage as a share of it.</summary>
internal sealed class StageProgress(IProgress<IntakeProgress> progress, string stage, long bytes) : IProgress<long>
{
    public void Report(long value) => progress.Report(new IntakeProgress(stage, bytes == 0 ? 1 : Math.Clamp((double)value / bytes, 0, 1)));
}
