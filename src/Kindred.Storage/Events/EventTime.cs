namespace Kindred.Storage.Events;

/// <summary>When an interaction can have happened, be it streamed or imported.</summary>
public static class EventTime
{
    /// <summary>Clocks of browsers and phones run ahead; a day is more than any of them needs.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromDays(1);

    /// <param name="name">How the time is named in the fault, such as <c>TIMESTAMP</c>.</param>
    /// <param name="seconds">Since 1970.</param>
    /// <returns>What is wrong with it, without a full stop; or null.</returns>
    public static string? Fault(string name, long seconds, DateTimeOffset now)
    {
        if (seconds <= 0) return $"{name} is {seconds}; expected the time of the event in seconds since 1970";
        return seconds > (now + ClockSkew).ToUnixTimeSeconds()
            ? $"{name} is {seconds}, which lies in the future; expected seconds (not milliseconds) since 1970, now {now.ToUnixTimeSeconds()}"
            : null;
    }
}
