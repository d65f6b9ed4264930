using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Kindred.Contracts.Telemetry;

/// <summary>
/// What the service says of itself, as instruments and spans of one name. Nobody here exports them: a listener does, if there is one, and
/// without one they cost next to nothing. docs/observability.md describes every instrument; a test compares the two.
/// </summary>
public static class KindredTelemetry
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Name = "Kindred";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Activities { get; } = new(Name);
}
