using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Kindred.Portal.Tests.Browsers;

namespace Kindred.Portal.Tests.Pages;

/// <summary>With a token, as on a page, somebody may what their role may, whatever the application may.</summary>
[Collection(PortalCollection.Name)]
public sealed class TokenRightsTests(Browsers.Portal portal)
{
    private const string Redirect = "https://robot.example/back";
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-long";

    [Theory]
    [InlineData("Analyst", "ListSchemas recommendations", "CreateSchema DeleteCampaign PutEvents PutItems ListKeys")]
    [InlineData("Developer", "ListSchemas CreateSchema PutEvents", "ListKeys")]
    [InlineData("Admin", "ListSchemas CreateSchema PutEvents ListKeys", "CreateTenant")]
    public async Task Token_OfAMember_MayWhatTheirRoleMayUntilTheyAreRemoved(string role, string allowed, string refused)
    {
        Browsers.Portal.SkipWithoutBrowser();
        var email = $"token-{role.ToLowerInvariant()}@acme.test";
        var (client, secret) = await MakeApplicationAsync(role);
        await using var member = await portal.JoinAsync(email, role);
        var token = await TokenAsync(member, client, secret);

        foreach (var call in allowed.Split(' '))
        {
            var (status, text) = await CallAsync(token, call);
            // Whether the request makes sense is another matter than whether its sender may make it.
            Assert.True(status is not (401 or 403), $"{role} {call}: {status} {text}");
        }

        foreach (var call in refused.Split(' '))
        {
            var (status, text) = await CallAsync(token, call);
            Assert.True(status == 403, $"{role} {call}: {status} {text}");
            if (call is not "CreateTenant") Assert.Contains("They lack the scope '", (string)JsonNode.Parse(text)!["message"]!, StringComparison.Ordinal);
        }

        await portal.RemoveAsync(email);
        Assert.Equal(403, (await CallAsync(token, "ListSchemas")).Status);
    }

    private async Task<(string Client, string Secret)> MakeApplicationAsync(string name)
    {
        await using var owner = await portal.OpenAsync();
        var page = owner.Page;
        await owner.GoLiveAsync($"/o/{portal.Account}/applications");
        await page.ClickAsync("main button:has-text('New application')");
        await page.FillAsync("#application-name", name);
        await page.CheckAsync("text=For members who sign in with it");
        await page.FillAsync("#application-redirects", Redirect);
        foreach (var box in await page.Locator("[data-draft=application] .k-check input").AllAsync()) await box.CheckAsync();
        await page.ClickAsync("text=Make application");
        return ((await page.TextContentAsync("#client-id"))!, (await page.TextContentAsync("#client-secret"))!);
    }

    /// <summary>The code flow with PKCE, in the member's browser.</summary>
    private async Task<string> TokenAsync(Tab member, string client, string secret)
    {
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var scopes = Uri.EscapeDataString("read control events records objects recommend keys");
        var asked = new Uri(portal.Address, $"/connect/authorize?response_type=code&client_id={client}&redirect_uri={Uri.EscapeDataString(Redirect)}"
            + $"&scope={scopes}&code_challenge={challenge}&code_challenge_method=S256");
        var sent = await member.Page.APIRequest.GetAsync(asked.ToString(), new() { MaxRedirects = 0 });
        var code = HttpUtility.ParseQueryString(new Uri(sent.Headers["location"]).Query)["code"];
        var form = member.Page.APIRequest.CreateFormData().Set("grant_type", "authorization_code").Set("code", code!).Set("redirect_uri", Redirect)
            .Set("code_verifier", Verifier).Set("client_id", client).Set("client_secret", secret);
        var answer = await member.Page.APIRequest.PostAsync(new Uri(portal.Address, "/connect/token").ToString(), new() { Form = form });
        return JsonNode.Parse(await answer.TextAsync())!["access_token"]!.GetValue<string>();
    }

    private async Task<(int Status, string Text)> CallAsync(string token, string call)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        using var request = call switch
        {
            "ListKeys" => new HttpRequestMessage(HttpMethod.Get, "/v1/keys"),
            "CreateTenant" => new HttpRequestMessage(HttpMethod.Post, "/v1/tenants") { Content = new StringContent("{}") },
            "recommendations" => Json("/recommendations", new() { ["campaignArn"] = portal.Ready.Campaign, ["userId"] = "u1" }),
            "PutEvents" => Json("/events", new()
            {
                ["trackingId"] = "none", ["sessionId"] = "s", ["eventList"] = new JsonArray(new JsonObject { ["eventType"] = "View", ["sentAt"] = 1_700_000_000 }),
            }),
            "PutItems" => Json("/items", new()
            {
                ["datasetArn"] = $"arn:aws:personalize:us-east-1:{portal.Account}:dataset/none/ITEMS", ["items"] = new JsonArray(new JsonObject { ["itemId"] = "i" }),
            }),
            _ => Json("/", call switch
            {
                "CreateSchema" => new() { ["name"] = "by-token", ["schema"] = "{}" },
                "DeleteCampaign" => new() { ["campaignArn"] = portal.Ready.Campaign },
                _ => [],
            }, call),
        };
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage Json(string path, JsonObject body, string? operation = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, operation is null ? "application/json" : "application/x-amz-json-1.1"),
        };
        if (operation is not null) request.Headers.Add("X-Amz-Target", $"AmazonPersonalize.{operation}");
        return request;
    }
}
