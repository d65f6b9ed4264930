using System.Buffers;

namespace Kindred.Serving.Recommendations;

/// <summary>The places of one answer, best first, in a buffer from the shared pool.</summary>
internal struct PlaceList(int capacity) : IDisposable
{
    private readonly Place[] _places = ArrayPool<Place>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Place> Places => _places.AsSpan(0, Count);

    public void Add(Place place) => _places[Count++] = place;

    public readonly void Dispose() => ArrayPool<Place>.Shared.Return(_places);
}
