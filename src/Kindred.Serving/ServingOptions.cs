namespace Kindred.Serving;

/// <summary>Settings of the hot path. Every default suits one machine of 2 cores and a host of 1 GiB.</summary>
public sealed class ServingOptions
{
    /// <summary>How many bytes of model artifacts stay mapped when they are not in use; models in use stay mapped beyond it. Default 512 MiB.</summary>
    public long ModelCacheBytes { get; set; } = 512L << 20;

    /// <summary>How long "there is no such campaign" is believed without asking again. Default 2 s.</summary>
    public TimeSpan AbsenceLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most absent names remembered per directory. Default 10,000.</summary>
    public int MaxAbsences { get; set; } = 10_000;
}
