using System.Globalization;
using System.Text;

namespace Kindred.Portal.Controls.Charts;

/// <summary>Texts of pictures: places in per cent, paths in a square of 1000.</summary>
public static class Svg
{
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>A number as an axis shows it: 1,234 and 12.3k and 4.5M.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e6 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 or 0 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    public static string Line(Series line, Scale x, Scale y)
    {
        var path = new StringBuilder();
        foreach (var (px, py) in line.Points) Add(path, path.Length == 0 ? 'M' : 'L', x.At(px), y.At(py));
        return path.ToString();
    }

    public static string Area(Series line, Scale x, Scale y)
    {
        if (line.Points.Count == 0) return "";
        var path = new StringBuilder(Line(line, x, y));
        Add(path, 'L', x.At(line.Points[^1].X), 0);
        Add(path, 'L', x.At(line.Points[0].X), 0);
        return path.Append('Z').ToString();
    }

    public static string Band(Series line, Scale x, Scale y)
    {
        if (line.Band is not { Count: > 0 } band) return "";
        var path = new StringBuilder();
        for (var i = 0; i < band.Count; i++) Add(path, i == 0 ? 'M' : 'L', x.At(line.Points[i].X), y.At(band[i].High));
        for (var i = band.Count - 1; i >= 0; i--) Add(path, 'L', x.At(line.Points[i].X), y.At(band[i].Low));
        return path.Append('Z').ToString();
    }

    private static void Add(StringBuilder path, char command, double x, double y) =>
        path.Append(command).Append((x * 1000).ToString("0.#", CultureInfo.InvariantCulture))
            .Append(' ').Append(((1 - y) * 1000).ToString("0.#", CultureInfo.InvariantCulture));
}
