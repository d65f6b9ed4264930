using Kindred.Contracts.Datasets;

namespace Kindred.Portal.Components.Pages.Datasets;

/// <summary>Types of datasets, in words.</summary>
internal static class DatasetWords
{
    private const string ActionInteractions = "Action_Interactions";

    /// <summary>Every type, as requests spell it, in the order in which projects come to need them.</summary>
    public static IReadOnlyList<string> All { get; } = ["Interactions", "Items", "Users", "Actions", ActionInteractions];

    /// <param name="domain">Of the project: those of a domain have no actions.</param>
    public static IReadOnlyList<string> Of(string? domain) => domain is null ? All : [.. All.Take(3)];

    /// <param name="type">In any case.</param>
    /// <returns>As requests spell it; null for none of them.</returns>
    public static string? Find(string? type) => All.FirstOrDefault(known => known.Equals(type, StringComparison.OrdinalIgnoreCase));

    /// <summary>Such as <c>Action interactions</c>.</summary>
    public static string Title(string type) => type.Length == 0 ? "" : type[..1].ToUpperInvariant() + Plain(type)[1..];

    /// <summary>Within a sentence.</summary>
    public static string Plain(string type) => type.Replace('_', ' ').ToLowerInvariant();

    /// <summary>What a file of it has to hold.</summary>
    public static string Wanted(string type) => type.ToUpperInvariant() switch
    {
        DatasetTypes.Items => "A column that names the item, and whatever describes it: name, categories, price, text.",
        DatasetTypes.Users => "A column that names the user, and whatever describes them: age group, region, plan.",
        DatasetTypes.Actions => "A column that names the action, and what describes it: name, kind; what it is worth to you (1 to 10), days until "
            + "it may be offered again, and when it ends.",
        DatasetTypes.ActionInteractions => "A column each for the user, the action, the time, and what happened: Taken, Not Taken or Viewed.",
        _ => "A column each for the user, the item and the time. What happened (view, purchase) and up to five columns more may be there.",
    };
}
