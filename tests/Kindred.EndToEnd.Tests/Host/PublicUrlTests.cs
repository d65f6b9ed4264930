using System.Net;
using Kindred.Client;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Host;

/// <summary>The host under the address that its operator gives it.</summary>
public sealed class PublicUrlTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_WithThePathOfThePublicUrl_AnswersWithAndWithoutAProxy()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Environment = new Dictionary<string, string> { ["Kindred__PublicUrl"] = "https://shop.example/personalize" },
        });

        Assert.Equal(HttpStatusCode.OK, await ListAsync(host, new Uri(host.BaseAddress, "/personalize/"), proxied: false));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(host, host.BaseAddress, proxied: false));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(host, new Uri("https://shop.example/personalize/"), proxied: true));
        Assert.Equal(HttpStatusCode.Forbidden, await ListAsync(host, new Uri("https://evil.example/personalize/"), proxied: true));
    }

    /// <param name="signedFor">The endpoint as the client has it.</param>
    /// <param name="proxied">Whether something on the way sends the request to the host itself, without the path and with a Host of its own.</param>
    private static async Task<HttpStatusCode> ListAsync(HostProcess host, Uri signedFor, bool proxied)
    {
        HttpMessageHandler way = proxied ? new Rewriting(host.BaseAddress) { InnerHandler = new SocketsHttpHandler() } : new SocketsHttpHandler();
        var key = TestKey.Bootstrap;
        using var http = new HttpClient(new SigV4Handler(key.AccessKeyId, key.SecretAccessKey, "us-east-1", TimeProvider.System, way));
        using var request = new HttpRequestMessage(HttpMethod.Post, signedFor) { Content = new StringContent("{}") };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AmazonPersonalize.ListSchemas");
        using var answer = await http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private sealed class Rewriting(Uri upstream) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = upstream;
            request.Headers.Host = "upstream.internal";
            return base.SendAsync(request, cancellationToken);
        }
    }
}
