using System.Globalization;
using Kindred.Contracts.Protocol;

namespace Kindred.Portal.Components.Pages.Campaigns;

/// <summary>A campaign as its form holds it, for a new one and for one that is changed.</summary>
public sealed class CampaignDraft
{
    /// <summary>Stands for the newest version of the solution, whichever it is.</summary>
    public const string Latest = "$LATEST";

    public string Name { get; set; } = "";
    /// <summary>ARN of the solution.</summary>
    public string Solution { get; set; } = "";
    /// <summary>The last part of a version's ARN, or <see cref="Latest"/>.</summary>
    public string Version { get; set; } = Latest;
    /// <summary>Items that the model has not met: share of the list, 0..1. Empty for what the recipe does by itself.</summary>
    public string ExplorationWeight { get; set; } = "";
    /// <summary>Items older than so many days are not explored. Empty for what the recipe does by itself.</summary>
    public string ExplorationDays { get; set; } = "";
    public bool HasMetadata { get; set; } = true;

    /// <param name="campaign">The one to be changed.</param>
    public static CampaignDraft Of(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var (config, version) = (campaign.CampaignConfig, campaign.SolutionVersionArn ?? "");
        var slash = version.LastIndexOf('/');
        return new()
        {
            Name = campaign.Name ?? "", Solution = version[..slash],
            Version = config?.SyncWithLatestSolutionVersion is true ? Latest : version[(slash + 1)..],
            ExplorationWeight = config?.ItemExplorationConfig?.GetValueOrDefault("explorationWeight") ?? "",
            ExplorationDays = config?.ItemExplorationConfig?.GetValueOrDefault("explorationItemAgeCutOff") ?? "",
            HasMetadata = config?.EnableMetadataWithRecommendations ?? false,
        };
    }

    /// <returns>What is wrong with the form, by field; empty when it can be sent.</returns>
    public IReadOnlyDictionary<string, string> Faults()
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Name.Trim().Length == 0) faults["name"] = "The campaign needs a name.";
        else if (!char.IsAsciiLetterOrDigit(Name.Trim()[0]) || !Name.Trim().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            faults["name"] = "Letters, digits, - and _, and first a letter or digit.";
        if (Solution.Length == 0) faults["solution"] = "Choose what it serves.";
        if (ExplorationWeight.Length > 0 && Number(ExplorationWeight) is not (>= 0 and <= 1)) faults["weight"] = "A number from 0 to 1.";
        if (ExplorationDays.Length > 0 && Number(ExplorationDays) is not >= 1) faults["age"] = "A number of days of at least 1.";
        return faults;
    }

    public CreateCampaignRequest CreateRequest() => new() { Name = Name.Trim(), SolutionVersionArn = VersionArn, CampaignConfig = Config() };

    public UpdateCampaignRequest UpdateRequest(string campaignArn) =>
        new() { CampaignArn = campaignArn, SolutionVersionArn = VersionArn, CampaignConfig = Config() };

    private string VersionArn => $"{Solution}/{Version}";

    private CampaignConfig Config()
    {
        var exploration = new Dictionary<string, string>();
        if (ExplorationWeight.Trim().Length > 0) exploration["explorationWeight"] = ExplorationWeight.Trim();
        if (ExplorationDays.Trim().Length > 0) exploration["explorationItemAgeCutOff"] = ExplorationDays.Trim();
        return new()
        {
            SyncWithLatestSolutionVersion = Version == Latest ? true : null,
            EnableMetadataWithRecommendations = HasMetadata,
            ItemExplorationConfig = exploration.Count == 0 ? null : exploration,
        };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
