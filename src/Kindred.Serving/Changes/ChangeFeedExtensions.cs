using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;
using Kindred.Serving.Caching;

namespace Kindred.Serving.Changes;

internal static class ChangeFeedExtensions
{
    /// <summary>Lets a cache of resources hear what is said of them.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="subject">One whose key is the resource's ARN.</param>
    /// <param name="cache">Told until the subscription is disposed.</param>
    public static IDisposable Subscribe<TValue>(this IChangeFeed feed, ChangedSubject subject, VersionedCache<Arn, TValue> cache)
        where TValue : class => feed.Subscribe(change =>
        {
            if (change.Kind == subject && Arn.TryParse(change.Key, out var resource)) cache.Hear(resource, change.Number);
        });
}
