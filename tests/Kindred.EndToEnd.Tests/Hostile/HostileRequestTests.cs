using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Client;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Hostile;

/// <summary>About a thousand requests that are wrong in every way we could think of: each is refused clearly, and the host takes no harm.</summary>
public sealed class HostileRequestTests
{
    private const int SentAtATime = 8;
    private const long MemoryBound = 700L << 20;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostileRequests_OneThousand_AreEachRefusedClearly()
    {
        await using var host = await HostProcess.StartAsync();
        using var good = new ServiceClient(host);
        var shop = await SmallShop.BuildAsync(good, "hostile");
        var requests = new HostileRequests(
            host.BaseAddress, TestKey.Bootstrap.Account, "arn:aws:personalize:us-east-1:999988887777:campaign/theirs")
            .All().ToArray();
        Assert.True(requests.Length >= 1_000, $"only {requests.Length}");

        using var handler = new SocketsHttpHandler
        {
            Expect100ContinueTimeout = TimeSpan.FromSeconds(10),
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        };
        using var unsigned = new HttpClient(handler, disposeHandler: false) { BaseAddress = host.BaseAddress };
        using var signed = new HttpClient(
            new SigV4Handler(TestKey.Bootstrap.AccessKeyId, TestKey.Bootstrap.SecretAccessKey, "us-east-1", TimeProvider.System, handler),
            disposeHandler: false) { BaseAddress = host.BaseAddress };
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = SentAtATime, CancellationToken = Stop }, async (request, stop) =>
        {
            var verdict = await JudgeAsync(request.Signed ? signed : unsigned, request, stop);
            if (verdict is not null) wrong.Add($"{request.What[..Math.Min(200, request.What.Length)]}: {verdict}");
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {requests.Length}:\n{string.Join('\n', wrong.Take(40))}");
        Assert.False(host.HasExited);
        Assert.Equal(10, (await good.RecommendAsync(shop.CampaignArn, "user-1")).Count);
        TestContext.Current.SendDiagnosticMessage($"{requests.Length} hostile requests; peak resident {host.PeakResidentBytes() >> 20} MiB");
        Assert.InRange(host.PeakResidentBytes(), 0, MemoryBound);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    /// <returns>What is wrong with the answer; null when it is a clear 4xx.</returns>
    private static async Task<string?> JudgeAsync(HttpClient http, HostileRequest request, CancellationToken stop)
    {
        try
        {
            using var answer = await http.SendAsync(request.Message, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            if ((int)answer.StatusCode is < 400 or >= 500) return $"{(int)answer.StatusCode} {text}";
            return request.Malformed || IsClear(text) ? null : $"{(int)answer.StatusCode} without a clear message: '{text}'";
        }
        catch (HttpRequestException failure)
        {
            return failure.ToString();
        }
    }

    private static bool IsClear(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject error && error["__type"] is not null && ((string?)error["message"])?.Length > 5
                && !text.Contains("   at ", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
