using System.Text.RegularExpressions;
using Kindred.Testing;
using Kindred.Testing.Hosting;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

public sealed partial class RestartTests
{
    [Fact]
    public async Task Restart_WhileSomebodyTypes_LosesNoText()
    {
        Browsers.Portal.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        var host = await HostProcess.StartAsync(new HostProcessOptions { DataPath = folder.Path });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browsers.Portal.Executable, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(StartLink().Match(await host.WaitForLineAsync("/start?token=", TimeSpan.FromSeconds(30))).Value);
        await page.FillAsync("#organisation", "Acme");
        await page.FillAsync("#email", "ada@acme.test");
        await page.FillAsync("input[type=password]", "correct horse battery");
        await page.ClickAsync("button[type=submit]");
        await page.WaitForSelectorAsync("[data-live=yes]");
        await page.GotoAsync(page.Url.Split('#')[0] + "/settings");
        await page.WaitForSelectorAsync("[data-live=yes]");
        await page.WaitForSelectorAsync("#organisation-name");

        await page.FillAsync("#organisation-name", "Acme, half way through a new na");
        await host.KillAsync();
        host = await HostProcess.StartAsync(new HostProcessOptions { DataPath = folder.Path, Port = host.Port });

        await Assertions.Expect(page.Locator("#components-reconnect-modal[open]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await page.WaitForSelectorAsync("[data-live=yes]");
        await Assertions.Expect(page.Locator("#organisation-name")).ToHaveValueAsync("Acme, half way through a new na");
        await host.DisposeAsync();
    }

    [GeneratedRegex(@"http\S+/start\?token=\S+")] private static partial Regex StartLink();
}
