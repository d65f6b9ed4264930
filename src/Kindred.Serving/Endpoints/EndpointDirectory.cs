using System.Collections.Frozen;
using Kindred.Contracts.Arns;

namespace Kindred.Serving.Endpoints;

/// <summary>Finds what answers under an ARN: asks the source of the ARN's resource type.</summary>
/// <param name="sources">At most one per resource type.</param>
public sealed class EndpointDirectory(IEnumerable<IEndpointSource> sources)
{
    private readonly FrozenDictionary<string, IEndpointSource> _sources =
        sources.ToFrozenDictionary(static source => source.ResourceType, StringComparer.Ordinal);

    /// <returns>What to serve, or null where the ARN names no endpoint, or none that serves.</returns>
    public ValueTask<ServedEndpoint?> FindAsync(Arn endpoint, CancellationToken cancellationToken) =>
        _sources.TryGetValue(endpoint.Type, out var source) ? source.FindAsync(endpoint, cancellationToken) : default;

    /// <summary>What was found has turned out wrong, its model is gone: asks its owner, so that the next search finds what is there now.</summary>
    public Task AskAgainAsync(Arn endpoint, CancellationToken cancellationToken) =>
        _sources.TryGetValue(endpoint.Type, out var source) ? source.AskAgainAsync(endpoint, cancellationToken) : Task.CompletedTask;
}
