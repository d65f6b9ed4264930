using System.Globalization;
using System.Text.RegularExpressions;

namespace Kindred.Lab.Commands;

/// <summary>Reads the values of options; a wrong one is answered with what was expected.</summary>
internal static partial class OptionText
{
    public static int Integer(string option, string text, int least, int most = int.MaxValue) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new LabException(
                $"{option} is '{text}'; a whole number "
                + $"{(most == int.MaxValue ? $"of at least {least}" : $"between {least} and {most}")} was expected.");

    /// <summary>A length of time such as 90s, 5m, 1h30m, or a number of seconds.</summary>
    public static TimeSpan Duration(string option, string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e8)
            return TimeSpan.FromSeconds(seconds);
        var match = DurationPattern().Match(text);
        double Part(string name) => match.Groups[name] is { Success: true } group ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var duration = match.Success && text.Length is > 0 and < 32
            ? TimeSpan.FromSeconds(Math.Min(1e8, 3600 * Part("h") + 60 * Part("m") + Part("s")))
            : TimeSpan.Zero;
        return duration > TimeSpan.Zero
            ? duration
            : throw new LabException($"{option} is '{text}'; a length of time such as 90s, 5m or 1h was expected.");
    }

    [GeneratedRegex(@"^((?<h>\d+(\.\d+)?)h)?((?<m>\d+(\.\d+)?)m(in)?)?((?<s>\d+(\.\d+)?)s)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationPattern();
}
