using Kindred.Contracts.Refusals;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Caching;
using Kindred.Serving.Filters;
using Kindred.Serving.Models;

namespace Kindred.Serving.Batches;

/// <summary>An open model and a filter, with which any number of lines are answered, round by round.</summary>
public sealed class BatchSession : IDisposable
{
    private readonly BatchTerms _terms;
    private readonly FilterExpression? _filter;
    private readonly Borrowed<OpenModel> _model;
    private readonly GroupDirectory _groups;
    private readonly RequestTraffic _traffic;
    private readonly TimeProvider _clock;

    internal BatchSession(
        BatchTerms terms, FilterExpression? filter, Borrowed<OpenModel> model, GroupDirectory groups, RequestTraffic traffic, TimeProvider clock) =>
        (_terms, _filter, _model, _groups, _traffic, _clock) = (terms, filter, model, groups, traffic, clock);

    public RecipeDescription Recipe => _model.Value.Recipe;

    /// <summary>Whether requests are being answered as well, so that a batch does well to keep to a part of the cores.</summary>
    public bool IsBesideRequests => _traffic.IsBusy;

    /// <summary>
    /// Takes the group's data as they are now. A round should be short: what is streamed meanwhile is held in memory until it has ended.
    /// </summary>
    /// <exception cref="RefusedException">The group is gone, or its data cannot be opened.</exception>
    public async Task<BatchRound> BeginAsync(CancellationToken cancellationToken)
    {
        var group = await _groups.BorrowAsync(_terms.DatasetGroupArn, cancellationToken)
            ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The dataset group '{_terms.DatasetGroupArn}' does not exist.");
        return new BatchRound(group, Recipe.RecipeType is RecipeTypes.UserSegmentation
            ? new RecommendedUsers(_terms, _filter, _model.Value, group.Value)
            : new RecommendedItems(_terms, _filter, _model.Value, group.Value, _clock.GetUtcNow()));
    }

    public void Dispose() => _model.Dispose();
}
