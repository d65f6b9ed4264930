using System.Text;
using System.Text.RegularExpressions;
using Kindred.Portal.Theme;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Services;

namespace Kindred.Portal.Tests.Theme;

/// <summary>
/// Writes <c>theme.css</c>: our custom properties and MudBlazor's, for both palettes. As a file it needs no inline style element, no page
/// flashes in the wrong palette, and the system's choice works before any script runs.
/// </summary>
internal static partial class ThemeCss
{
    public static async Task<string> WriteAsync()
    {
        var light = Ours(Tokens.Light, "light") + await MudVariablesAsync(dark: false);
        var dark = Ours(Tokens.Dark, "dark") + await MudVariablesAsync(dark: true);
        return $"""
            /* Made from KindredTheme and Tokens by ThemeCssTests: change those, not this. */
            :root, :root[data-theme=light] {Braced(light)}
            @media (prefers-color-scheme: dark) {Braced($":root:not([data-theme=light]) {Braced(dark)}\n")}
            :root[data-theme=dark] {Braced(dark)}

            """;
    }

    private static string Braced(string content) => $"{{\n{content}}}";

    private static string Ours(Tokens tokens, string scheme) =>
        $"  color-scheme: {scheme};\n" + string.Concat(tokens.Properties().Select(p => $"  --k-{p.Name}: {p.Value};\n"));

    private static async Task<string> MudVariablesAsync(bool dark)
    {
        var services = new ServiceCollection().AddLogging().AddMudServices().AddSingleton<IJSRuntime, NoScript>()
            .AddSingleton<NavigationManager, NoNavigation>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MudThemeProvider>(
            ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MudThemeProvider.Theme)] = KindredTheme.Mud, [nameof(MudThemeProvider.IsDarkMode)] = dark,
            }))).ToHtmlString());
        var lines = new StringBuilder();
        foreach (Match variable in Variable().Matches(html)) lines.Append("  ").Append(variable.Value.Trim()).Append('\n');
        return lines.ToString();
    }

    [GeneratedRegex(@"--mud-[a-z0-9-]+:[^;]+;", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    private sealed class NoNavigation : NavigationManager
    {
        public NoNavigation() => Initialize("http://localhost/", "http://localhost/");
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => default;
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
