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
    private ProjectEndpoint? _endpoint;
    private string? _tracker;

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public string Project { get; set; } = "";

    private string Address => navigation.BaseUri.TrimEnd('/');

    private async Task OpenAsync()
    {
        var group = Arn.DatasetGroup(session.Region, Account, Project);
        try
        {
            var endpoints = await ProjectEndpoints.ReadAsync(session, group);
            _endpoint = endpoints.FirstOrDefault(endpoint => endpoint.IsLive) ?? (endpoints.Count > 0 ? endpoints[0] : null);
            var trackers = await session.CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(
                Account, new() { DatasetGroupArn = group.ToString() });
            if (trackers.EventTrackers is [{ EventTrackerArn: { } tracker }, ..])
            {
                var described = await session.CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(
                    Account, new() { EventTrackerArn = tracker });
                _tracker = described.EventTracker?.TrackingId;
            }
        }
        catch (RefusedException)
        {
            (_endpoint, _tracker) = (null, null); // the address and the calls are worth showing without them
        }
        _isOpen = true;
    }
}
