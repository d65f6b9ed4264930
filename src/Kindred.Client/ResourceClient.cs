using System.Text.Json.Nodes;

namespace Kindred.Client;

/// <summary>Creates resources and waits for them, by asking again and again, as any client of this protocol must.</summary>
public sealed class ResourceClient(ApiClient api)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates a resource and waits until it is ACTIVE.</summary>
    /// <param name="kind">As the operation's name has it, such as <c>DatasetGroup</c>.</param>
    /// <param name="request">The body of <c>Create{kind}</c>.</param>
    /// <param name="cancellationToken">Ends the waiting, not the service's work.</param>
    /// <returns>The resource's ARN.</returns>
    /// <exception cref="ServiceException">The service refused.</exception>
    /// <exception cref="ResourceFailedException">The resource became CREATE FAILED.</exception>
    public async Task<string> CreateAsync(string kind, JsonObject request, CancellationToken cancellationToken)
    {
        var arn = await BeginAsync(kind, request, cancellationToken);
        while (true)
        {
            var resource = await DescribeAsync(kind, arn, cancellationToken);
            // A schema has no status: it is there at once.
            if ((string?)resource["status"] is null or "ACTIVE") return arn;
            if ((string?)resource["status"] is "CREATE FAILED")
                throw new ResourceFailedException(arn, (string?)resource["failureReason"] ?? "no reason was given");
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>Creates a resource and waits for nothing.</summary>
    /// <returns>The resource's ARN.</returns>
    /// <exception cref="ServiceException">The service refused.</exception>
    public async Task<string> BeginAsync(string kind, JsonObject request, CancellationToken cancellationToken) =>
        (string)(await api.CallAsync($"Create{kind}", request, cancellationToken))[$"{MemberOf(kind)}Arn"]!;

    /// <returns>The resource itself, without the member that wraps it.</returns>
    /// <exception cref="ServiceException">The service refused, or there is no such resource.</exception>
    public async Task<JsonObject> DescribeAsync(string kind, string arn, CancellationToken cancellationToken)
    {
        var member = MemberOf(kind);
        var answer = await api.CallAsync($"Describe{kind}", new() { [$"{member}Arn"] = arn }, cancellationToken);
        return answer[member]!.AsObject();
    }

    private static string MemberOf(string kind) => char.ToLowerInvariant(kind[0]) + kind[1..];
}
