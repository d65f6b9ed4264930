using Kindred.Contracts.Refusals;
using Kindred.Serving.Filters;

namespace Kindred.Serving.Batches;

/// <summary>Answers the lines of batch jobs from mapped files and memory, as requests are answered.</summary>
public sealed class BatchAnswers(GroupDirectory groups, ModelStore models, FilterDirectory filters, RequestTraffic traffic, TimeProvider clock)
{
    /// <exception cref="RefusedException">
    /// ResourceNotFound: there is no such filter. ServiceUnavailable: the model cannot be opened.
    /// </exception>
    public async Task<BatchSession> OpenAsync(BatchTerms terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        KnownFilter? filter = null;
        if (terms.FilterArn is { } arn)
        {
            filter = await filters.FindAsync(arn, cancellationToken)
                ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The filter '{arn}' does not exist.");
        }
        var model = await models.BorrowAsync(terms.Recipe, terms.ArtifactPath, cancellationToken);
        return new BatchSession(terms, filter?.Expression, model, groups, traffic, clock);
    }
}
