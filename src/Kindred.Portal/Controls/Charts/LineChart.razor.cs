using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Controls.Charts;

/// <summary>Lines over a number or over time.</summary>
public sealed partial class LineChart
{
    private const int TipCharacterWidth = 7;
    private Scale _x = new(0, 1);
    private Scale _y = new(0, 1);
    private IReadOnlyList<Reading> _readings = [];
    private int _tipWidth = 168;

    /// <summary>What the chart is called; its summary for those who do not see it begins with it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    /// <summary>Readings are taken where the first line has points.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<Series> Lines { get; set; } = [];
    /// <summary>In px, without the axis below.</summary>
    [Parameter] public int Height { get; set; } = 220;
    /// <summary>X is a moment, in ticks of UTC.</summary>
    [Parameter] public bool Time { get; set; }
    [Parameter] public bool LogX { get; set; }
    [Parameter] public bool LogY { get; set; }
    [Parameter] public bool FromZero { get; set; } = true;
    /// <summary>Where the axis ends, such as the last epoch there can be; null for the last point.</summary>
    [Parameter] public double? MaxX { get; set; }
    [Parameter] public string XName { get; set; } = "x";
    /// <summary>Stands before X in readings, such as <c>Epoch</c>.</summary>
    [Parameter] public string? XUnit { get; set; }
    /// <summary>A numeric format of .NET; empty for a short one.</summary>
    [Parameter] public string YFormat { get; set; } = "";
    /// <summary>Each reading is markup: a long line is read at so many of its points.</summary>
    [Parameter] public int MaxReadings { get; set; } = 90;

    private sealed record Part(string Name, string Tone, double Y, string Text);

    private sealed record Reading(double At, double Left, double Width, string Title, IReadOnlyList<Part> Parts);

    private bool HasPoints => Lines.Any(line => line.Points.Count > 0);

    private IReadOnlyList<double> YTicks => _y.Ticks(Height > 160 ? 4 : 2);

    private string Summary => $"{Label}. " + string.Join("; ", Lines.Where(l => l.Points.Count > 0).Select(l =>
        $"{l.Name}: from {YText(l.Points[0].Y)} to {YText(l.Points[^1].Y)}, highest {YText(l.Points.Max(p => p.Y))}")) + ".";

    protected override void OnParametersSet()
    {
        if (!HasPoints) return;
        var all = Lines.SelectMany(line => line.Points).ToList();
        _x = new Scale(all.Min(p => p.X), MaxX ?? all.Max(p => p.X), LogX);
        var bands = Lines.SelectMany(line => line.Band ?? []).ToList();
        var low = all.Select(p => p.Y).Concat(bands.Select(b => b.Low)).Min();
        var high = all.Select(p => p.Y).Concat(bands.Select(b => b.High)).Max();
        _y = LogY
            ? new Scale(Math.Max(1, low), Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(10, high)))), Log: true)
            : Scale.Nice(FromZero ? Math.Min(0, low) : low, high);
        _readings = TakeReadings(Lines[0].Points);
        _tipWidth = Math.Max(150, 40 + TipCharacterWidth * (Lines.Max(line => line.Name.Length) + 8));
    }

    private List<Reading> TakeReadings(IReadOnlyList<(double X, double Y)> points)
    {
        var every = Math.Max(1, (int)Math.Ceiling(points.Count / (double)MaxReadings));
        List<int> chosen = [.. Enumerable.Range(0, points.Count).Where(i => i % every == 0 || i == points.Count - 1)];
        List<double> places = [.. chosen.Select(i => _x.At(points[i].X))];
        return [.. chosen.Select((index, n) =>
        {
            var left = n == 0 ? Math.Max(0, places[n] - 0.02) : (places[n - 1] + places[n]) / 2;
            var right = n == places.Count - 1 ? Math.Min(1, places[n] + 0.02) : (places[n] + places[n + 1]) / 2;
            return new Reading(places[n], left, Math.Max(0, right - left), XText(points[index].X, full: true), PartsAt(index));
        })];
    }

    private Part[] PartsAt(int index) =>
        [.. Lines.Where(line => index < line.Points.Count)
            .Select(line => new Part(line.Name, line.Tone, _y.At(line.Points[index].Y), YText(line.Points[index].Y)))];

    private IEnumerable<(double At, string Text)> XTicks() =>
        Time
            ? Enumerable.Range(0, 5).Select(i => (i / 4.0, XText(_x.Min + (_x.Max - _x.Min) * i / 4, full: false))).DistinctBy(t => t.Item2)
            : _x.Ticks(6).Select(tick => (_x.At(tick), XText(tick, full: false)));

    private string YText(double value) => YFormat.Length > 0 ? value.ToString(YFormat, CultureInfo.InvariantCulture) : Svg.Short(value);

    private string XText(double value, bool full)
    {
        if (Time) return new DateTime((long)value, DateTimeKind.Utc).ToString(full ? "d MMM yyyy" : "d MMM", CultureInfo.InvariantCulture);
        return (XUnit is null || !full ? "" : XUnit + " ") + Svg.Short(value);
    }
}
