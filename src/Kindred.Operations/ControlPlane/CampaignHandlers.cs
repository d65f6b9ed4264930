using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class CampaignHandlers
{
    public static void AddCampaignHandlers(this OperationTable table)
    {
        table.Handle<CreateCampaignRequest, CreateCampaignResponse>(
            "CreateCampaign", (request, context) => context.Tenant().CreateCampaignAsync(request, context.Caller));
        table.Handle<UpdateCampaignRequest, UpdateCampaignResponse>(
            "UpdateCampaign", (request, context) => context.Tenant().UpdateCampaignAsync(request, context.Caller));
        table.Handle<DeleteCampaignRequest>("DeleteCampaign", (request, context) =>
            context.Tenant().DeleteCampaignAsync(request, context.Caller));
        table.Handle<DescribeCampaignRequest, DescribeCampaignResponse>("DescribeCampaign", DescribeAsync);
        table.Handle<ListCampaignsRequest, ListCampaignsResponse>("ListCampaigns", ListAsync);
    }

    private static async Task<DescribeCampaignResponse> DescribeAsync(DescribeCampaignRequest request, OperationContext context)
    {
        var campaign = await context.Resource<ICampaignGrain>(request.CampaignArn, ResourceTypes.Campaign)
            .DescribeAsync(context.CancellationToken);
        return new() { Campaign = ResourceCalls.Found(campaign, request.CampaignArn) };
    }

    private static async Task<ListCampaignsResponse> ListAsync(ListCampaignsRequest request, OperationContext context)
    {
        var list = new ResourceList<CampaignState, CampaignSummary>(
            "ListCampaigns", StateNames.Campaign, Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.Campaign),
            request.SolutionArn ?? "",
            state => request.SolutionArn is null || state.SolutionArn.ToString() == request.SolutionArn ? Summarize(state.Campaign) : null);
        var (campaigns, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { Campaigns = campaigns, NextToken = nextToken };
    }

    private static CampaignSummary? Summarize(Campaign? campaign) => campaign is null ? null : new()
    {
        Name = campaign.Name,
        CampaignArn = campaign.CampaignArn,
        Status = campaign.Status,
        CreationDateTime = campaign.CreationDateTime,
        LastUpdatedDateTime = campaign.LastUpdatedDateTime,
        FailureReason = campaign.FailureReason,
    };
}
