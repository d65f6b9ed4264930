namespace Kindred.Grains.Jobs;

/// <summary>Why an attempt is to end before it is done. Of two reasons the later in this list counts.</summary>
internal enum JobEnding
{
    None,
    /// <summary>It makes room for work that somebody waits for.</summary>
    GivingWay,
    /// <summary>The host stops.</summary>
    Suspended,
    /// <summary>Somebody wants the job to stop: nobody goes on with it.</summary>
    Cancelled,
    /// <summary>Another attempt has taken its place, or the job is gone.</summary>
    Superseded,
}
