using System.Globalization;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Quotas;

/// <summary>
/// How many recommendations one campaign or recommender gives in a second, and how many requests with records one tracker or dataset takes: so
/// that a single one does not use up what its tenant's others need. Counted in this process; twice as many at once after a quiet time.
/// Whoever counts has found what it counts for: a name that somebody makes up takes no bucket.
/// </summary>
/// <param name="recommendations">In a second, of one endpoint; 0 for as many as the machine can.</param>
/// <param name="puts">Requests in a second, of one tracker or dataset; likewise.</param>
/// <param name="period">What stands for the second; null for one.</param>
public sealed class DataRates(int recommendations, int puts, TimeSpan? period = null) : IDisposable
{
    public const int DefaultRecommendations = 5_000;
    public const int DefaultPuts = 10_000;

    private readonly TokenBuckets<string>? _endpoints =
        recommendations > 0 ? new(_ => BucketSize.PerSecond(recommendations), period) : null;
    private readonly TokenBuckets<(string Account, string Target)>? _targets =
        puts > 0 ? new(_ => BucketSize.PerSecond(puts), period) : null;

    /// <param name="endpointArn">Of one that is there.</param>
    /// <exception cref="RefusedException">Throttled: it is one request too many.</exception>
    public void TakeRecommendation(string endpointArn)
    {
        if (_endpoints?.TryTake(endpointArn) is false) throw TooMany($"'{endpointArn}' gives {recommendations} recommendations a second");
    }

    /// <param name="target">Whatever the records are for, and is there: a dataset's ARN, or a tracking id.</param>
    /// <exception cref="RefusedException">Throttled: it is one request too many.</exception>
    public void TakePut(string account, string target)
    {
        if (_targets?.TryTake((account, target)) is false) throw TooMany($"'{target}' takes {puts} requests a second");
    }

    public void Dispose()
    {
        _endpoints?.Dispose();
        _targets?.Dispose();
    }

    private static RefusedException TooMany(FormattableString sentence) =>
        new(RefusalCode.Throttled, sentence.ToString(CultureInfo.InvariantCulture) + "; send them more slowly.");
}
