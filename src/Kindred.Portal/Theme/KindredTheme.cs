using MudBlazor;

namespace Kindred.Portal.Theme;

/// <summary>The look, in one place: <c>wwwroot/theme.css</c> is made from it, and a test keeps the two the same.</summary>
public static class KindredTheme
{
    private static readonly string[] Sans = ["Geist", "ui-sans-serif", "system-ui", "Segoe UI", "Roboto", "sans-serif"];

    public static MudTheme Mud { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), Tokens.Light),
        PaletteDark = Fill(new PaletteDark(), Tokens.Dark),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Shadows = new Shadow { Elevation = Elevations() },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "0" },
            H6 = new H6Typography { FontFamily = Sans, FontSize = "1rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "-0.01em" },
            Body1 = new Body1Typography { FontFamily = Sans, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontFamily = Sans, FontSize = "0.8125rem", LineHeight = "1.5", LetterSpacing = "0" },
            Button = new ButtonTypography
            {
                FontFamily = Sans, FontSize = "0.8125rem", FontWeight = "500", LineHeight = "1.5", LetterSpacing = "0", TextTransform = "none",
            },
            Caption = new CaptionTypography { FontFamily = Sans, FontSize = "0.75rem", LineHeight = "1.4", LetterSpacing = "0" },
        },
    };

    private static T Fill<T>(T palette, Tokens tokens) where T : Palette
    {
        palette.Primary = tokens.Brand;
        palette.PrimaryContrastText = tokens.BrandInk;
        palette.Secondary = palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = tokens.InkSoft;
        palette.TextPrimary = palette.DrawerText = palette.AppbarText = palette.Dark = tokens.Ink;
        palette.TextDisabled = palette.ActionDisabled = tokens.InkFaint;
        palette.Background = palette.AppbarBackground = tokens.Background;
        palette.BackgroundGray = palette.DrawerBackground = palette.TableStriped = tokens.Sunken;
        palette.Surface = tokens.Surface;
        palette.TableHover = palette.ActionDisabledBackground = palette.Skeleton = tokens.Hover;
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = tokens.Line;
        palette.LinesInputs = tokens.Field;
        (palette.Success, palette.Warning, palette.Error, palette.Info) = (tokens.Ok, tokens.Warn, tokens.Bad, tokens.Running);
        (palette.RippleOpacity, palette.RippleOpacitySecondary, palette.HoverOpacity) = (0, 0, 0.05);
        return palette;
    }

    /// <summary>Flat surfaces have a line, not a shadow; only what floats casts one.</summary>
    private static string[] Elevations()
    {
        var all = Enumerable.Repeat("var(--k-shadow)", 26).ToArray();
        all[0] = "none";
        return all;
    }
}
