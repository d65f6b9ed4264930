namespace Kindred.Demo.Shop;

/// <summary>The items of one category with their popularity: a Zipf law whose order shifts from fortnight to fortnight.</summary>
internal sealed class CategoryShelf
{
    private const int DaysPerFashion = 14;
    private const double ZipfExponent = 0.8;
    private readonly double[][] _cumulative;

    public CategoryShelf(Random random, int[] items)
    {
        Items = items;
        random.Shuffle(items);
        var weights = items.Select((_, rank) => 1 / Math.Pow(rank + 1, ZipfExponent)).ToArray();
        var fashions = (ShopGenerator.Days / DaysPerFashion) + 1;
        _cumulative = new double[fashions][];
        for (var f = 0; f < fashions; f++)
        {
            var sum = 0.0;
            _cumulative[f] = [.. weights.Select(w => sum += w)];
            for (var i = 0; i < weights.Length; i++) weights[i] *= 0.7 + (0.6 * random.NextDouble());
            weights[random.Next(weights.Length)] = weights.Max(); // each fortnight has a new hit
        }
    }

    public int[] Items { get; }

    public int Pick(Random random, int day)
    {
        var cumulative = _cumulative[day / DaysPerFashion];
        var found = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return Items[Math.Min(found < 0 ? ~found : found, Items.Length - 1)];
    }
}
