using System.Runtime.ExceptionServices;

namespace Kindred.Serving.Caching;

/// <summary>One key of a <see cref="VersionedCache{TKey,TValue}"/>.</summary>
internal sealed class CacheEntry<TValue> where TValue : class
{
    private volatile Knowledge? _known;
    private long _heard;
    private int _doubts;

    /// <summary>Guards <see cref="Asking"/>, <see cref="NotBefore"/>, <see cref="Dropped"/> and writes of <see cref="Known"/>.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The last answer that was taken; null before the first.</summary>
    public Knowledge? Known { get => _known; set => _known = value; }

    /// <summary>The highest number that a push has named.</summary>
    public long Heard => Volatile.Read(ref _heard);

    /// <summary>Rises with every <see cref="Doubt"/>.</summary>
    public int Doubts => Volatile.Read(ref _doubts);

    /// <summary>The question under way; its result is how it failed, or null.</summary>
    public Task<ExceptionDispatchInfo?>? Asking { get; set; }

    /// <summary>A timestamp: until then nobody asks who has something to serve.</summary>
    public long NotBefore { get; set; } = long.MinValue;

    /// <summary>No longer in the cache: whoever found it looks again.</summary>
    public bool Dropped { get; set; }

    public void Doubt() => Interlocked.Increment(ref _doubts);

    public void Hear(long number)
    {
        var heard = Heard;
        while (number > heard)
        {
            var seen = Interlocked.CompareExchange(ref _heard, number, heard);
            if (seen == heard) return;
            heard = seen;
        }
    }

    /// <summary>
    /// The owner stands by <paramref name="number"/>: a push that named <paramref name="heard"/> announced what never came, or is no
    /// more.
    /// </summary>
    public void Believe(long number, long heard) => Interlocked.CompareExchange(ref _heard, number, heard);

    /// <param name="Value">Null: the owner said that there is none.</param>
    /// <param name="Number">The owner's number; where there is no value, the highest that was heard before it was asked.</param>
    /// <param name="AskedAt">A timestamp: the value was the owner's at this moment or later.</param>
    public sealed record Knowledge(TValue? Value, long Number, long AskedAt);
}
