namespace Kindred.Operations.Operating;

/// <summary>As many requests a second as a tenant may send in the long run, and twice as many at once after a quiet time.</summary>
internal sealed class RequestBucket(int perSecond, TimeProvider clock)
{
    private const double BurstSeconds = 2;
    private readonly Lock _gate = new();
    private double _left = perSecond * BurstSeconds;
    private long _at = clock.GetTimestamp();

    public int PerSecond => perSecond;

    /// <returns>False when it is one too many.</returns>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(perSecond * BurstSeconds, _left + clock.GetElapsedTime(_at, now).TotalSeconds * perSecond);
            _at = now;
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
