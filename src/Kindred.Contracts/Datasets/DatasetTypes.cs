namespace Kindred.Contracts.Datasets;

/// <summary>Kinds of dataset, as ARNs and manifests name them.</summary>
public static class DatasetTypes
{
    public const string Interactions = "INTERACTIONS";
    public const string Items = "ITEMS";
    public const string Users = "USERS";
    public const string Actions = "ACTIONS";
    public const string ActionInteractions = "ACTION_INTERACTIONS";
}
