namespace Kindred.Contracts.Datasets;

/// <summary>Kinds of dataset, as ARNs and manifests name them. Requests may write them in any case.</summary>
public static class DatasetTypes
{
    public const string Interactions = "INTERACTIONS";
    public const string Items = "ITEMS";
    public const string Users = "USERS";
    public const string Actions = "ACTIONS";
    public const string ActionInteractions = "ACTION_INTERACTIONS";

    public static IReadOnlyList<string> All { get; } = [Interactions, Items, Users, Actions, ActionInteractions];

    /// <returns>The type in the spelling above, or null if there is no such type.</returns>
    public static string? Find(string? text) => All.FirstOrDefault(type => type.Equals(text, StringComparison.OrdinalIgnoreCase));
}
