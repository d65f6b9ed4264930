using System.Diagnostics;
using System.Globalization;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Consoles;

/// <summary>Progress for log files: a line when the stage changes, but not more often than people read, and every ten seconds.</summary>
internal sealed class ProgressLines(string title, TextWriter writer) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private string _stage = "";

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            var silence = Stopwatch.GetElapsedTime(_last);
            if (silence < Least || (value.Stage == _stage && silence < Most))
                return;
            (_last, _stage) = (Stopwatch.GetTimestamp(), value.Stage);
            var elapsed = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{title}: {value.Fraction * 100:F0} % after {elapsed:F0} s, {value.Stage}"));
        }
    }
}
