namespace Kindred.Portal.Components.Account;

/// <summary>What people call a browser, from what it calls itself.</summary>
internal static class BrowserNames
{
    // The first that fits: each of these names itself after the ones below it.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    public static string Of(string userAgent)
    {
        var browser = Array.Find(Browsers, b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name ?? "A browser";
        return Array.Find(Systems, s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name is { } system ? $"{browser} on {system}" : browser;
    }
}
