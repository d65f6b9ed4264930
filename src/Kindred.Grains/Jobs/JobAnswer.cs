namespace Kindred.Grains.Jobs;

/// <summary>What an attempt that gave a sign of life is to do. The numbers travel between silos: they are only ever appended.</summary>
internal enum JobAnswer
{
    GoOn = 1,
    /// <summary>Somebody wants the job to stop.</summary>
    Cancelled = 2,
    /// <summary>Another attempt has taken its place, or the job is gone: nothing of this one counts any more.</summary>
    Superseded = 3,
}
