using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.Components.Pages.Settings;

/// <summary>
/// Deletes a project with everything in it, in the order in which the rules let go: campaigns, solutions, recommenders, trackers,
/// filters, metric attributions, datasets, the group.
/// What was deleted stays deleted if it is interrupted; deleting again goes on.
/// </summary>
internal sealed class ProjectDeletion(TenantSession session, string account, Arn group)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="RefusedException">Something is still in use, such as by a training; the message names it.</exception>
    public async Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var solutions = (await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(
            new() { DatasetGroupArn = group.ToString(), MaxResults = 100 }, cancellationToken)).Solutions ?? [];
        progress.Report("Deleting campaigns");
        foreach (var solution in solutions)
        {
            var campaigns = (await CallAsync<ListCampaignsRequest, ListCampaignsResponse>(
                new() { SolutionArn = solution.SolutionArn, MaxResults = 100 }, cancellationToken)).Campaigns ?? [];
            foreach (var campaign in campaigns) await DeleteAsync(new DeleteCampaignRequest { CampaignArn = campaign.CampaignArn! }, cancellationToken);
        }
        progress.Report("Deleting solutions");
        foreach (var solution in solutions) await DeleteAsync(new DeleteSolutionRequest { SolutionArn = solution.SolutionArn! }, cancellationToken);
        progress.Report("Deleting recommenders");
        while ((await CallAsync<ListRecommendersRequest, ListRecommendersResponse>(
            new() { DatasetGroupArn = group.ToString(), MaxResults = 100 }, cancellationToken)).Recommenders is { Count: > 0 } recommenders)
        {
            foreach (var recommender in recommenders)
                await DeleteAsync(new DeleteRecommenderRequest { RecommenderArn = recommender.RecommenderArn! }, cancellationToken);
        }
        progress.Report("Deleting trackers");
        var trackers = (await CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(
            new() { DatasetGroupArn = group.ToString(), MaxResults = 100 }, cancellationToken)).EventTrackers ?? [];
        foreach (var tracker in trackers) await DeleteAsync(new DeleteEventTrackerRequest { EventTrackerArn = tracker.EventTrackerArn! }, cancellationToken);
        progress.Report("Deleting filters");
        // A group may have more of them than a page holds; what is deleted is not listed again.
        while ((await CallAsync<ListFiltersRequest, ListFiltersResponse>(
            new() { DatasetGroupArn = group.ToString(), MaxResults = 100 }, cancellationToken)).Filters is { Count: > 0 } filters)
        {
            foreach (var filter in filters) await DeleteAsync(new DeleteFilterRequest { FilterArn = filter.FilterArn! }, cancellationToken);
        }
        var attributions = (await CallAsync<ListMetricAttributionsRequest, ListMetricAttributionsResponse>(
            new() { DatasetGroupArn = group.ToString(), MaxResults = 100 }, cancellationToken)).MetricAttributions ?? [];
        foreach (var attribution in attributions)
            await DeleteAsync(new DeleteMetricAttributionRequest { MetricAttributionArn = attribution.MetricAttributionArn! }, cancellationToken);
        progress.Report("Deleting data");
        var datasets = (await CallAsync<ListDatasetsRequest, ListDatasetsResponse>(
            new() { DatasetGroupArn = group.ToString(), MaxResults = 100 }, cancellationToken)).Datasets ?? [];
        foreach (var dataset in datasets) await DeleteAsync(new DeleteDatasetRequest { DatasetArn = dataset.DatasetArn! }, cancellationToken);
        progress.Report("Deleting the project");
        await DeleteAsync(new DeleteDatasetGroupRequest { DatasetGroupArn = group.ToString() }, cancellationToken);
    }

    /// <summary>Asks again for a while where something that goes is still there.</summary>
    private async Task DeleteAsync<TRequest>(TRequest request, CancellationToken cancellationToken) where TRequest : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await session.CallAsync(account, request, cancellationToken);
                return;
            }
            catch (RefusedException refused) when (refused.Code is RefusalCode.ResourceNotFound)
            {
                return;
            }
            catch (RefusedException refused) when (refused.Code is RefusalCode.ResourceInUse && !patience.IsCancellationRequested)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class =>
        session.CallAsync<TRequest, TResponse>(account, request, cancellationToken);
}
