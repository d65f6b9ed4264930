namespace Kindred.Recipes.Transformer;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Seeded from the place in the training where it is used (seed, epoch, step, part), so
/// a training that resumes needs no generator's state.
/// </summary>
internal struct SplitMix(ulong state)
{
    private ulong _state = state;

    public static SplitMix At(int seed, long step, int part)
    {
        var mix = new SplitMix((ulong)(uint)seed);
        mix = new SplitMix(mix.Next() ^ (ulong)step);
        return new SplitMix(mix.Next() ^ (ulong)(uint)part);
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>An integer in 0..limit-1.</summary>
    public int Next(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number (Box and Muller).</summary>
    public float NextNormal() => (float)(Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble()));

    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
