using System.Net;
using System.Text.RegularExpressions;

namespace Kindred.Bench.Portal;

/// <summary>Somebody who is signed in to the portal, as a browser without scripts is.</summary>
internal sealed partial class PortalVisitor : IDisposable
{
    private readonly HttpClient _http;

    private PortalVisitor(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = address };
    }

    public Uri Address { get; }
    public CookieContainer Cookies { get; } = new();

    /// <param name="startLink">What a first start prints: its form makes the operator's account.</param>
    public static async Task<PortalVisitor> SignUpAsync(Uri startLink, CancellationToken stop)
    {
        var visitor = new PortalVisitor(new Uri(startLink.GetLeftPart(UriPartial.Authority)));
        var form = await visitor.GetAsync(startLink.PathAndQuery, stop);
        var fields = HiddenField().Matches(form).ToDictionary(m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["Input.Organisation"] = "Bench";
        fields["Input.Name"] = "Bench";
        fields["Input.Email"] = "bench@kindred.test";
        fields["Input.Password"] = "correct horse battery staple";
        using var answer = await visitor._http.PostAsync(startLink.PathAndQuery, new FormUrlEncodedContent(fields), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        if (answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/start", StringComparison.Ordinal))
            throw new InvalidOperationException($"The start link did not make an account: {answer.StatusCode}\n{text}");
        return visitor;
    }

    /// <returns>The page's HTML.</returns>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public Task<string> GetAsync(string path, CancellationToken stop) => _http.GetStringAsync(new Uri(path, UriKind.Relative), stop);

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)"[^>]*>""")] private static partial Regex HiddenField();
}
