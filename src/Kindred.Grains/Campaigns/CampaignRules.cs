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
        var campaign = current.Campaign;
        if (current.Pending is not null)
            throw Refuse.InUse($"The campaign {campaign.Arn} is still moving to {current.Pending.SolutionVersionArn}.");
        return current with
        {
            Pending = target,
            Campaign = campaign with
            {
                LatestUpdate = new CampaignUpdateRecord
                {
                    SolutionVersionArn = target.SolutionVersionArn, MinProvisionedTPS = minProvisionedTps ?? campaign.MinProvisionedTPS,
                    Config = config ?? campaign.Config, Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
                },
            },
        };
    }

    public static CampaignState BeginDeploy(CampaignState current, DateTimeOffset now) => Show(current, ResourceStatus.CreateInProgress, null, now);

    /// <returns>The same state when the campaign was to serve something else.</returns>
    public static CampaignState CompleteDeploy(CampaignState current, string solutionVersionArn, DateTimeOffset now)
    {
        if (current.Pending is not { } target || target.SolutionVersionArn.ToString() != solutionVersionArn) return current;
        var shown = Show(current, ResourceStatus.Active, null, now);
        var update = shown.Campaign.LatestUpdate;
        return shown with
        {
            Serving = Numbered(target, current.Serving, now), Pending = null,
            Campaign = shown.Campaign with
            {
                Status = ResourceStatus.Active, FailureReason = null, SolutionVersionArn = target.SolutionVersionArn, UpdatedAt = now,
                MinProvisionedTPS = update?.MinProvisionedTPS ?? shown.Campaign.MinProvisionedTPS,
                Config = update?.Config ?? shown.Campaign.Config,
            },
        };
    }

    /// <summary>A refined version is the same version: clients see that the campaign was updated, and nothing else.</summary>
    /// <returns>The same state when the campaign has nothing to do with the version, or has its model already.</returns>
    public static CampaignState ReplaceModel(CampaignState current, string solutionVersionArn, string artifactPath, DateTimeOffset now)
    {
        CampaignServing? Replaced(CampaignServing? serving) =>
            serving?.SolutionVersionArn.ToString() == solutionVersionArn && serving.ArtifactPath != artifactPath
                ? serving with { ArtifactPath = artifactPath }
                : null;

        var (serving, pending) = (Replaced(current.Serving), Replaced(current.Pending));
        if (serving is null && pending is null) return current;
        return current with
        {
            Serving = serving is null ? current.Serving : Numbered(serving, current.Serving, now),
            Pending = pending ?? current.Pending,
            Campaign = current.Campaign with { UpdatedAt = now },
        };
    }

    public static CampaignState FailDeploy(CampaignState current, string reason, DateTimeOffset now) =>
        current.Pending is null ? current : Show(current, ResourceStatus.CreateFailed, reason, now) with { Pending = null };

    private static CampaignServing Numbered(CampaignServing next, CampaignServing? before, DateTimeOffset now) =>
        next with { Number = ChangeNumber.Next(before?.Number ?? 0, now) };

    private static CampaignState Show(CampaignState current, string status, string? reason, DateTimeOffset now) => current with
    {
        Campaign = current.Campaign.LatestUpdate is { } update
            ? current.Campaign with { LatestUpdate = update with { Status = status, FailureReason = reason, UpdatedAt = now } }
            : current.Campaign with { Status = status, FailureReason = reason, UpdatedAt = now },
    };
}
