using System.Diagnostics;

namespace Kindred.Lab.Trainings;

/// <summary>The most memory this process has held so far.</summary>
internal static class PeakMemory
{
    public static long Bytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
