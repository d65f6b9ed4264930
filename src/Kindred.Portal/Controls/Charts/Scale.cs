namespace Kindred.Portal.Controls.Charts;

/// <summary>Maps values to 0..1 along an axis, and chooses round ticks.</summary>
public sealed record Scale(double Min, double Max, bool Log = false)
{
    /// <summary>A linear scale whose ends are round.</summary>
    /// <param name="ticks">About how many steps it shall have.</param>
    public static Scale Nice(double min, double max, int ticks = 4)
    {
        if (!(max > min)) max = min + 1;
        var step = Step((max - min) / ticks);
        return new Scale(Math.Floor(min / step) * step, Math.Ceiling(max / step) * step);
    }

    /// <summary>0 at <see cref="Min"/>, 1 at <see cref="Max"/>; 0 everywhere when the scale has no width.</summary>
    public double At(double value)
    {
        if (!(Max > Min)) return 0;
        return Log
            ? (Math.Log10(Math.Max(value, Min)) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min))
            : (value - Min) / (Max - Min);
    }

    /// <summary>Powers of ten on a logarithmic scale, else multiples of 1, 2 or 5 times one.</summary>
    public IReadOnlyList<double> Ticks(int about = 4)
    {
        if (!(Max > Min)) return [Min];
        if (Log)
        {
            var powers = new List<double>();
            for (var power = Math.Pow(10, Math.Ceiling(Math.Log10(Min) - 1e-9)); power <= Max * 1.0001; power *= 10) powers.Add(power);
            return powers;
        }
        var step = Step((Max - Min) / about);
        var first = Math.Ceiling(Min / step - 1e-9) * step;
        return [.. Enumerable.Range(0, (int)Math.Floor((Max - first) / step + 1e-6) + 1).Select(i => first + i * step)];
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var share = rough / power;
        return (share <= 1.01 ? 1 : share <= 2.01 ? 2 : share <= 5.01 ? 5 : 10) * power;
    }
}
