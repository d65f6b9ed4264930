using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class CampaignHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateCampaignRequest, CreateCampaignResponse>();
        table.Change<UpdateCampaignRequest, UpdateCampaignResponse>();
        table.Change<DeleteCampaignRequest>();
        table.Describe<CampaignState, DescribeCampaignRequest, DescribeCampaignResponse>(
            request => request.CampaignArn, state => new() { Campaign = Describe(state.Campaign) });
        table.List<CampaignState, CampaignSummary, ListCampaignsRequest, ListCampaignsResponse>(
            request => new(request.MaxResults, request.NextToken, request.SolutionArn), state => Summarize(state.Campaign),
            (campaigns, nextToken) => new() { Campaigns = campaigns, NextToken = nextToken });
    }

    private static Campaign Describe(CampaignRecord campaign) => new()
    {
        Name = campaign.Name,
        CampaignArn = campaign.Arn.ToString(),
        SolutionVersionArn = campaign.SolutionVersionArn.ToString(),
        MinProvisionedTPS = campaign.MinProvisionedTPS,
        CampaignConfig = campaign.Config,
        Status = campaign.Status,
        FailureReason = campaign.FailureReason,
        CreationDateTime = campaign.CreatedAt,
        LastUpdatedDateTime = campaign.UpdatedAt,
        LatestCampaignUpdate = campaign.LatestUpdate is { } update ? Describe(update) : null,
    };

    private static CampaignUpdateSummary Describe(CampaignUpdateRecord update) => new()
    {
        SolutionVersionArn = update.SolutionVersionArn.ToString(),
        MinProvisionedTPS = update.MinProvisionedTPS,
        CampaignConfig = update.Config,
        Status = update.Status,
        FailureReason = update.FailureReason,
        CreationDateTime = update.CreatedAt,
        LastUpdatedDateTime = update.UpdatedAt,
    };

    private static CampaignSummary Summarize(CampaignRecord campaign) => new()
    {
        Name = campaign.Name,
        CampaignArn = campaign.Arn.ToString(),
        Status = campaign.Status,
        FailureReason = campaign.FailureReason,
        CreationDateTime = campaign.CreatedAt,
        LastUpdatedDateTime = campaign.UpdatedAt,
    };
}
