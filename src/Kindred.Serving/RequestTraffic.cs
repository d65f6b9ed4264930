namespace Kindred.Serving;

/// <summary>
/// Whether recommendations are being asked for just now. Work that can wait keeps to fewer cores meanwhile: threads of low priority give
/// way, but whoever stops all threads to collect garbage has to wait until each of them has had its turn.
/// </summary>
public sealed class RequestTraffic(TimeProvider clock)
{
    /// <summary>Answers in a second from which on there is traffic; fewer leave the cores idle anyway.</summary>
    private const int Least = 20;

    private long _second;
    private int _count;
    private int _countBefore;

    /// <summary>Whether there was traffic in this second or in the one before.</summary>
    public bool IsBusy
    {
        get
        {
            var age = Second() - Volatile.Read(ref _second);
            return age <= 1 && (Volatile.Read(ref _count) >= Least || (age == 0 && Volatile.Read(ref _countBefore) >= Least));
        }
    }

    /// <summary>A request has been answered. Counts lost between two seconds are of no matter.</summary>
    internal void Count()
    {
        var (second, known) = (Second(), Volatile.Read(ref _second));
        if (second != known && Interlocked.CompareExchange(ref _second, second, known) == known)
            Volatile.Write(ref _countBefore, Interlocked.Exchange(ref _count, 0) is var count && second == known + 1 ? count : 0);
        Interlocked.Increment(ref _count);
    }

    private long Second() => clock.GetTimestamp() / clock.TimestampFrequency;
}
