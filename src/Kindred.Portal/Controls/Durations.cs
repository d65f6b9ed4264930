using System.Globalization;

namespace Kindred.Portal.Controls;

/// <summary>Lengths of time in words, as exact as they deserve.</summary>
public static class Durations
{
    public static string Words(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 1.5 => "a second",
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{Round(duration.TotalSeconds)} seconds"),
        < 90 * 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(duration.TotalMinutes)} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalHours:0.#} hours"),
    };

    private static double Round(double seconds) => seconds < 10 ? Math.Round(seconds) : Math.Round(seconds / 5) * 5;
}
