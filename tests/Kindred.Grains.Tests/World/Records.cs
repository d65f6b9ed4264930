using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;

namespace Kindred.Grains.Tests.World;

/// <summary>Records as a tenant's resources have them, for rules that look at one or two of their members.</summary>
internal static class Records
{
    private const string Region = "us-east-1", Account = "100000000000";

    public static Arn Group { get; } = Arn.DatasetGroup(Region, Account, "shop");

    public static SolutionRecord Solution(DateTimeOffset at = default) => new()
    {
        Name = "best", Arn = Arn.Solution(Region, Account, "best"), DatasetGroupArn = Group, Status = ResourceStatus.Active,
        CreatedAt = at, UpdatedAt = at,
    };

    public static SolutionVersionRecord Version(string status, DateTimeOffset at = default) => new()
    {
        Arn = Arn.SolutionVersion(Region, Account, "best", "01234567"), SolutionArn = Solution().Arn, DatasetGroupArn = Group, Status = status,
        TrainingMode = "FULL", TrainingType = "MANUAL", CreatedAt = at, UpdatedAt = at,
    };

    public static CampaignRecord Campaign(string status, Arn version) => new()
    {
        Name = "home", Arn = Arn.Campaign(Region, Account, "home"), SolutionVersionArn = version, MinProvisionedTPS = 1, Status = status,
        CreatedAt = default, UpdatedAt = default,
    };

    /// <summary>A dataset of interactions without data.</summary>
    public static DatasetState Interactions()
    {
        var arn = Arn.Dataset(Region, Account, "shop", DatasetTypes.Interactions);
        return new()
        {
            Dataset = new()
            {
                Name = "interactions", Arn = arn, DatasetGroupArn = Group, DatasetType = DatasetTypes.Interactions,
                SchemaArn = Arn.Schema(Region, Account, "interactions"), Status = ResourceStatus.Active, CreatedAt = default, UpdatedAt = default,
            },
            Data = new() { DatasetArn = arn, DatasetType = DatasetTypes.Interactions, Schema = "{}" },
        };
    }
}
