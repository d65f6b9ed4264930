namespace Kindred.Demo.Shop;

/// <summary>What one person likes: a few categories, changing with time, and styles.</summary>
internal sealed class Tastes
{
    private readonly int[] _departments;
    private readonly double[] _styles;
    private readonly double _turn;

    public Tastes(Random random, int departments, int styles)
    {
        _departments = [.. Enumerable.Range(0, 4).Select(_ => random.Next(departments))];
        _styles = [.. Enumerable.Range(0, styles).Select(_ => Math.Pow(random.NextDouble(), 2))];
        _turn = random.NextDouble();
    }

    /// <param name="progress">Where the 90 days stand, 0..1: each person has a moment when the main interest changes.</param>
    public int PickDepartment(Random random, double progress)
    {
        var main = progress < _turn ? 0 : 1;
        return random.NextDouble() switch
        {
            < 0.60 => _departments[main],
            < 0.80 => _departments[2],
            < 0.93 => _departments[3],
            _ => _departments[1 - main],
        };
    }

    /// <returns>0..1.</returns>
    public double Likes(int style) => _styles[style];
}
