using Kindred.Portal.Theme;
using Kindred.Testing;

namespace Kindred.Portal.Tests.Theme;

public sealed class ThemeCssTests
{
    private static readonly string File = Path.Combine(RepositoryPaths.Root, "src", "Kindred.Portal", "wwwroot", "theme.css");

    [Fact]
    public async Task ThemeCss_InTheRepository_IsWhatTheThemeMakes()
    {
        var made = await ThemeCss.WriteAsync();

        if (Environment.GetEnvironmentVariable("KINDRED_WRITE_THEME") is "1") await System.IO.File.WriteAllTextAsync(File, made);

        Assert.True(made == await System.IO.File.ReadAllTextAsync(File),
            "The theme has changed. Run this test with KINDRED_WRITE_THEME=1, which writes the file, and commit it.");
    }

    [Fact]
    public void Tokens_TextOnItsGround_IsReadable() => Assert.All(new[] { Tokens.Light, Tokens.Dark }, tokens => Assert.All(
        new (string Text, string Ground)[]
        {
            (tokens.Ink, tokens.Background), (tokens.InkSoft, tokens.Sunken), (tokens.InkFaint, tokens.Background), (tokens.InkFaint, tokens.Sunken),
            (tokens.BrandInk, tokens.Brand), (tokens.BrandText, tokens.BrandSoft), (tokens.BrandText, tokens.Background),
            (tokens.Ok, tokens.OkSoft), (tokens.Warn, tokens.WarnSoft), (tokens.Bad, tokens.BadSoft), (tokens.Running, tokens.RunningSoft),
            (tokens.InkSoft, tokens.IdleSoft),
        },
        pair => Assert.True(Contrast(pair.Text, pair.Ground) >= 4.5, $"{pair.Text} on {pair.Ground}: {Contrast(pair.Text, pair.Ground):0.00}")));

    /// <summary>The contrast ratio of WCAG 2.2, 1..21.</summary>
    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var share = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
