using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>How people get in, in a browser: each test makes an account of its own.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccountPagesTests(Browsers.Portal portal)
{
    private const string Password = "a sentence that is long";

    [Fact]
    public async Task AuthenticatorApp_TurnedOn_IsAskedForAndARecoveryCodeWorksOnce()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await SignUpAsync("totp@acme.test");
        var page = tab.Page;
        await tab.GoAsync("/account/security");
        await page.ClickAsync("button:has-text('Set up')");
        var key = (await page.TextContentAsync("#totp-key"))!;
        await tab.PictureAsync("security-totp-1440-light");
        await tab.AssertAccessibleAsync();
        await SubmitCodeAsync(page, CodeOf(key, DateTimeOffset.UtcNow));
        var recovery = (await page.Locator("#recovery-codes li").AllTextContentsAsync())[0];
        await tab.PictureAsync("security-codes-1440-light");

        await SignInAsync(tab, "totp@acme.test");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Enter your code");
        await SubmitCodeAsync(page, CodeOf(key, DateTimeOffset.UtcNow.AddHours(-1)));
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("That code is not right");
        await SubmitCodeAsync(page, CodeOf(key, DateTimeOffset.UtcNow));
        await page.UntilAtAsync("**/o/**");

        await SignInAsync(tab, "totp@acme.test");
        await UseRecoveryCodeAsync(page, recovery);
        await page.UntilAtAsync("**/o/**");
        await SignInAsync(tab, "totp@acme.test");
        await UseRecoveryCodeAsync(page, recovery);
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("has been used");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Passkey_OfADevice_SignsInUntilItIsRemoved()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await SignUpAsync("passkey@acme.test");
        var page = tab.Page;
        await AddDeviceAsync(page);
        await tab.GoAsync("/account/security");
        await page.FillAsync("#passkey-name", "<b id=stored>Laptop</b>");
        await page.ClickAsync("button:has-text('Add a passkey')");
        await Assertions.Expect(page.Locator("#passkeys li")).ToHaveCountAsync(1);
        await tab.AssertNoStoredMarkupAsync();
        await tab.PictureAsync("security-passkey-1440-light");

        await SignOutAsync(tab);
        await tab.GoAsync("/account/sign-in");
        await page.ClickAsync("text=Sign in with a passkey");
        await page.UntilAtAsync("**/o/**");

        await tab.GoAsync("/account/security");
        await page.ClickAsync("#passkeys button");
        await Assertions.Expect(page.Locator("#passkeys li")).ToHaveCountAsync(0);
        await SignOutAsync(tab);
        await tab.GoAsync("/account/sign-in");
        await page.ClickAsync("text=Sign in with a passkey");
        await Assertions.Expect(page.Locator("main [role=alert]:visible")).ToContainTextAsync("not known here any more");
        tab.AssertNoComplaints();
    }

    [Theory]
    [InlineData("/account/sign-in", "sign-in")]
    [InlineData("/account/sign-up", "sign-up")]
    [InlineData("/account/forgot-password", "forgot-password")]
    [InlineData("/account/security", "name")]
    [InlineData("/account/security", "password")]
    [InlineData("/account/security", "totp-begin")]
    [InlineData("/account/security", "passkey")]
    [InlineData("/account/security", "everywhere")]
    [InlineData("/account/sign-out", "")]
    [InlineData("/account/passkey/new", "")]
    public async Task Form_WithoutItsTokenOrWithAnothers_IsRefused(string path, string form)
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        await using var stranger = await portal.OpenSignedOutAsync();
        await stranger.GoAsync("/account/sign-in");
        var foreign = (await stranger.Page.GetAttributeAsync("input[name=__RequestVerificationToken]", "value"))!;

        Assert.Equal(400, await PostAsync(tab, path, form, null));
        Assert.Equal(400, await PostAsync(tab, path, form, foreign));
        Assert.Equal(400, await PostAsync(tab, path, form, "CfDJ8" + foreign[5..].ToUpperInvariant()));
        Assert.Equal(200, await tab.GoAsync("/account/security")); // still signed in
        var own = (await tab.Page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value"))!;
        Assert.Equal(200, await PostAsync(tab, "/account/security", "name", own)); // so that it is the token that was refused
    }

    private async Task<Tab> SignUpAsync(string email)
    {
        var tab = await portal.OpenSignedOutAsync();
        await tab.GoAsync("/account/sign-up");
        await tab.Page.FillAsync("#organisation", "A shop");
        await tab.Page.FillAsync("#email", email);
        await tab.Page.FillAsync("input[type=password]", Password);
        await tab.Page.ClickAsync("button[type=submit]");
        await tab.Page.UntilAtAsync("**/o/**");
        return tab;
    }

    private static async Task SignOutAsync(Tab tab)
    {
        await tab.GoAsync("/account/security");
        await tab.Page.ClickAsync("form[action='account/sign-out'] button");
        await tab.Page.UntilAtAsync("**/account/sign-in**");
    }

    private static async Task SignInAsync(Tab tab, string email)
    {
        await tab.Page.Context.ClearCookiesAsync();
        await tab.GoAsync("/account/sign-in");
        await tab.Page.FillAsync("#email", email);
        await tab.Page.FillAsync("#password", Password);
        await tab.Page.ClickAsync("button[type=submit]");
        await tab.Page.UntilAtAsync("**/account/code**");
    }

    private static async Task SubmitCodeAsync(IPage page, string code)
    {
        await page.FillAsync("#code", code);
        await page.ClickAsync("form:has(#code) button[type=submit]");
    }

    private static async Task UseRecoveryCodeAsync(IPage page, string code)
    {
        await page.ClickAsync("text=Use a recovery code");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Enter a recovery code"); // the page before has a code too
        await SubmitCodeAsync(page, code);
    }

    /// <summary>A device with a lock, which agrees to whatever it is asked.</summary>
    private static async Task AddDeviceAsync(IPage page)
    {
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private async Task<int> PostAsync(Tab tab, string path, string form, string? token)
    {
        var data = tab.Page.APIRequest.CreateFormData().Set("_handler", form).Set("Name", "Ada").Set("Input.Email", "m@acme.test");
        if (token is not null) data.Set("__RequestVerificationToken", token);
        var answer = await tab.Page.APIRequest.PostAsync(new Uri(portal.Address, path).ToString(), new() { Form = data, MaxRedirects = 0 });
        return answer.Status;
    }

    /// <summary>The six digits of an authenticator app: RFC 6238 with SHA-1 and steps of 30 s.</summary>
    /// <param name="key">Base 32.</param>
    /// <param name="at">The time that the device shows.</param>
    private static string CodeOf(string key, DateTimeOffset at)
    {
        var bits = string.Concat(key.Trim().Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // the algorithm that apps use
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
