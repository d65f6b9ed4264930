using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Layout;

/// <summary>Address, ids and calls of one project, filled in, on each of its pages.</summary>
public sealed partial class ConnectDialog(TenantSession session, NavigationManager navigation)
{
    private bool _isOpen;
    private string? _campaign;
    private string? _tracker;

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public string Project { get; set; } = "";

    private string Address => navigation.BaseUri.TrimEnd('/');

    private async Task OpenAsync()
    {
        var group = Arn.DatasetGroup(session.Region, Account, Project).ToString();
        try
        {
            var solutions = await session.CallAsync<ListSolutionsRequest, ListSolutionsResponse>(Account, new() { DatasetGroupArn = group });
            foreach (var solution in solutions.Solutions ?? [])
            {
                var campaigns = await session.CallAsync<ListCampaignsRequest, ListCampaignsResponse>(Account, new() { SolutionArn = solution.SolutionArn });
                if (campaigns.Campaigns is not [{ CampaignArn: { } campaign }, ..]) continue;
                _campaign = campaign;
                break;
            }
            var trackers = await session.CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(Account, new() { DatasetGroupArn = group });
            if (trackers.EventTrackers is [{ EventTrackerArn: { } tracker }, ..])
            {
                var described = await session.CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(
                    Account, new() { EventTrackerArn = tracker });
                _tracker = described.EventTracker?.TrackingId;
            }
        }
        catch (RefusedException)
        {
            (_campaign, _tracker) = (null, null); // the address and the calls are worth showing without them
        }
        _isOpen = true;
    }
}
