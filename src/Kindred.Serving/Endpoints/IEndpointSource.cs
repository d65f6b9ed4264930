using Kindred.Contracts.Arns;

namespace Kindred.Serving.Endpoints;

/// <summary>Knows the endpoints of one resource type. Safe for any number of concurrent callers.</summary>
public interface IEndpointSource
{
    /// <summary>One of <see cref="ResourceTypes"/>.</summary>
    string ResourceType { get; }

    /// <param name="endpoint">Of this resource type.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>What to serve, or null while the endpoint does not exist or serves nothing yet.</returns>
    ValueTask<ServedEndpoint?> FindAsync(Arn endpoint, CancellationToken cancellationToken);

    /// <summary>What is held has turned out wrong: asks its owner now, so that the next <see cref="FindAsync"/> has the answer.</summary>
    /// <param name="endpoint">Of this resource type.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    Task AskAgainAsync(Arn endpoint, CancellationToken cancellationToken);
}
