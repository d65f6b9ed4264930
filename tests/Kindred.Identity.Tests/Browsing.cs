namespace Kindred.Identity.Tests;

internal static class Browsing
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <returns>The id of whoever the browser is signed in as, or <c>nobody</c>.</returns>
    public static Task<string> WhoAsync(this HttpClient browser) => browser.GetStringAsync(new Uri("/who", UriKind.Relative), Stop);

    /// <returns>How the sign-in ended, such as <c>Succeeded</c>.</returns>
    public static async Task<string> EnterAsync(this HttpClient browser, string email, string password = PeopleServer.Password)
    {
        var address = new Uri($"/enter?email={Uri.EscapeDataString(email)}&password={Uri.EscapeDataString(password)}", UriKind.Relative);
        using var answer = await browser.PostAsync(address, content: null, Stop);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Stop);
    }
}
