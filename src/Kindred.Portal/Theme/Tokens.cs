namespace Kindred.Portal.Theme;

/// <summary>Every colour of the portal, once a palette: warm paper, ink, one pine accent. Text on its ground has a contrast of 4.5 or more.</summary>
public sealed record Tokens
{
    public required string Background { get; init; }
    public required string Surface { get; init; }
    public required string Sunken { get; init; }
    public required string Hover { get; init; }
    public required string Line { get; init; }
    public required string LineStrong { get; init; }
    /// <summary>Borders of what can be typed into: 3:1 against the ground.</summary>
    public required string Field { get; init; }
    public required string Ink { get; init; }
    public required string InkSoft { get; init; }
    public required string InkFaint { get; init; }
    public required string Brand { get; init; }
    public required string BrandInk { get; init; }
    public required string BrandSoft { get; init; }
    public required string BrandText { get; init; }
    public required string Ok { get; init; }
    public required string OkSoft { get; init; }
    public required string Warn { get; init; }
    public required string WarnSoft { get; init; }
    public required string Bad { get; init; }
    public required string BadSoft { get; init; }
    public required string Running { get; init; }
    public required string RunningSoft { get; init; }
    public required string IdleSoft { get; init; }
    /// <summary>Six, in the order in which charts take them.</summary>
    public required IReadOnlyList<string> Chart { get; init; }
    public required string Shadow { get; init; }

    public static Tokens Light { get; } = new()
    {
        Background = "#FBFAF8", Surface = "#FFFFFF", Sunken = "#F6F4F0", Hover = "#F1EEE9",
        Line = "#E8E5DF", LineStrong = "#D8D3CA", Field = "#8C867B",
        Ink = "#1B1A18", InkSoft = "#57534C", InkFaint = "#6E695F",
        Brand = "#0F6B57", BrandInk = "#FFFFFF", BrandSoft = "#E2F0EB", BrandText = "#0C5C4B",
        Ok = "#176B40", OkSoft = "#E3F3E9", Warn = "#834D00", WarnSoft = "#FBEFD9", Bad = "#A81E2B", BadSoft = "#FBE8E8",
        Running = "#1F4FA5", RunningSoft = "#E5EDFB", IdleSoft = "#F0EDE7",
        Chart = ["#0F7B63", "#C2650A", "#4F5BD5", "#BE3D78", "#0B7FA8", "#7A7468"],
        Shadow = "0 1px 2px rgba(20,18,14,.06), 0 8px 24px -6px rgba(20,18,14,.14)",
    };

    public static Tokens Dark { get; } = new()
    {
        Background = "#121312", Surface = "#1A1B1A", Sunken = "#151615", Hover = "#212321",
        Line = "#2A2C2A", LineStrong = "#3A3D3A", Field = "#6A6E68",
        Ink = "#ECEDEA", InkSoft = "#A9ACA6", InkFaint = "#8F938C",
        Brand = "#4CC9A7", BrandInk = "#06231B", BrandSoft = "#16332B", BrandText = "#6AD8B9",
        Ok = "#6FD39A", OkSoft = "#14301F", Warn = "#E9BC6C", WarnSoft = "#33270F", Bad = "#F49A9A", BadSoft = "#3A1B1D",
        Running = "#9CC0FA", RunningSoft = "#182943", IdleSoft = "#262826",
        Chart = ["#4CC9A7", "#F0A63C", "#98A1F8", "#EE86B5", "#5BBBE0", "#A0A49C"],
        Shadow = "0 1px 2px rgba(0,0,0,.4), 0 12px 32px -8px rgba(0,0,0,.6)",
    };

    /// <summary>Custom properties of css, <c>--k-…</c>.</summary>
    public IEnumerable<(string Name, string Value)> Properties() =>
    [
        ("bg", Background), ("surface", Surface), ("sunken", Sunken), ("hover", Hover), ("line", Line), ("line-2", LineStrong), ("field", Field),
        ("ink", Ink), ("ink-2", InkSoft), ("ink-3", InkFaint),
        ("brand", Brand), ("brand-ink", BrandInk), ("brand-soft", BrandSoft), ("brand-text", BrandText),
        ("ok", Ok), ("ok-soft", OkSoft), ("warn", Warn), ("warn-soft", WarnSoft), ("bad", Bad), ("bad-soft", BadSoft),
        ("run", Running), ("run-soft", RunningSoft), ("idle-soft", IdleSoft),
        .. Chart.Select((colour, i) => ($"c{i + 1}", colour)),
        ("shadow", Shadow),
    ];
}
