using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Campaigns;

/// <summary>How a campaign moves on, as pure functions. The first deploy shows in its own status, every later one in its latest update.</summary>
internal static class CampaignRules
{
    public static CampaignState BeginUpdate(
        CampaignState current, CampaignServing target, int? minProvisionedTps, CampaignConfig? config, DateTimeOffset now)
    {
        var campaign = current.Campaign!;
        if (current.Pending is not null)
            throw Refuse.InUse($"The campaign {campaign.CampaignArn} is still moving to {current.Pending.SolutionVersionArn}.");
        return current with
        {
            Pending = target,
            Campaign = campaign with
            {
                LatestCampaignUpdate = new CampaignUpdateSummary
                {
                    SolutionVersionArn = target.SolutionVersionArn.ToString(), MinProvisionedTPS = minProvisionedTps ?? campaign.MinProvisionedTPS,
                    CampaignConfig = config ?? campaign.CampaignConfig,
                    Status = ResourceStatus.CreatePending, CreationDateTime = now, LastUpdatedDateTime = now,
                },
            },
        };
    }

    public static CampaignState BeginDeploy(CampaignState current, DateTimeOffset now) => Show(current, ResourceStatus.CreateInProgress, null, now);

    /// <returns>The same state when the campaign was to serve something else.</returns>
    public static CampaignState CompleteDeploy(CampaignState current, string solutionVersionArn, DateTimeOffset now)
    {
        if (current.Pending?.SolutionVersionArn.ToString() != solutionVersionArn) return current;
        var shown = Show(current, ResourceStatus.Active, null, now);
        var update = shown.Campaign!.LatestCampaignUpdate;
        return shown with
        {
            Serving = Numbered(current.Pending, current.Serving, now), Pending = null,
            Campaign = shown.Campaign with
            {
                Status = ResourceStatus.Active, FailureReason = null, SolutionVersionArn = solutionVersionArn, LastUpdatedDateTime = now,
                MinProvisionedTPS = update?.MinProvisionedTPS ?? shown.Campaign.MinProvisionedTPS,
                CampaignConfig = update?.CampaignConfig ?? shown.Campaign.CampaignConfig,
            },
        };
    }

    /// <summary>A refined version is the same version: clients see that the campaign was updated, and nothing else.</summary>
    /// <returns>The same state when the campaign has nothing to do with the version, or has its model already.</returns>
    public static CampaignState ReplaceModel(CampaignState current, string solutionVersionArn, string artifactPath, DateTimeOffset now)
    {
        bool IsOld(CampaignServing? serving) => serving?.SolutionVersionArn.ToString() == solutionVersionArn && serving.ArtifactPath != artifactPath;

        if (!IsOld(current.Serving) && !IsOld(current.Pending)) return current;
        return current with
        {
            Serving = IsOld(current.Serving)
                ? Numbered(current.Serving! with { ArtifactPath = artifactPath }, current.Serving, now)
                : current.Serving,
            Pending = IsOld(current.Pending) ? current.Pending! with { ArtifactPath = artifactPath } : current.Pending,
            Campaign = current.Campaign! with { LastUpdatedDateTime = now },
        };
    }

    public static CampaignState FailDeploy(CampaignState current, string reason, DateTimeOffset now) =>
        current.Pending is null ? current : Show(current, ResourceStatus.CreateFailed, reason, now) with { Pending = null };

    private static CampaignServing Numbered(CampaignServing next, CampaignServing? before, DateTimeOffset now) =>
        next with { Number = ChangeNumber.Next(before?.Number ?? 0, now) };

    private static CampaignState Show(CampaignState current, string status, string? reason, DateTimeOffset now) => current with
    {
        Campaign = current.Campaign!.LatestCampaignUpdate is { } update
            ? current.Campaign with { LatestCampaignUpdate = update with { Status = status, FailureReason = reason, LastUpdatedDateTime = now } }
            : current.Campaign with { Status = status, FailureReason = reason, LastUpdatedDateTime = now },
    };
}
