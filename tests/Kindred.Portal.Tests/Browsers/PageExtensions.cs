using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Browsers;

public static class PageExtensions
{
    /// <summary>
    /// Waits until the page is at an address. That it has loaded is not waited for: where one redirect follows another the event may belong to the page
    /// before, and tests look for what they need anyway.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="url">With <c>**</c> for anything.</param>
    public static Task UntilAtAsync(this IPage page, string url)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.WaitForURLAsync(url, new() { WaitUntil = WaitUntilState.Commit });
    }
}
