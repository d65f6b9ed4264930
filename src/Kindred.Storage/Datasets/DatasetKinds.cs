using Kindred.Contracts.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Datasets;

/// <summary>Every type of dataset that the contract has.</summary>
public static class DatasetKinds
{
    public static DatasetKind Interactions { get; } = new()
    {
        Name = DatasetTypes.Interactions, Label = "Interactions", Columns = ColumnRules.OfInteractions, MaxMetadata = 5,
        Numbers = new Dictionary<string, SegmentColumnKind>
        {
            [ColumnNames.Timestamp] = SegmentColumnKind.Timestamp, [ColumnNames.EventValue] = SegmentColumnKind.Value,
        },
        SnapshotName = "history",
    };

    public static DatasetKind Items { get; } = new()
    {
        Name = DatasetTypes.Items, Label = "Items", Columns = ColumnRules.OfItems, MaxMetadata = 100, NeedsMetadata = true, TextAllowed = true,
        RecordId = ColumnNames.ItemId, RecordOf = record => record is StreamedItem item ? (item.ItemId, item.PropertiesJson) : null,
        SnapshotName = "items",
    };

    public static DatasetKind Users { get; } = new()
    {
        Name = DatasetTypes.Users, Label = "Users", Columns = ColumnRules.OfUsers, MaxMetadata = 25, NeedsMetadata = true,
        RecordId = ColumnNames.UserId, RecordOf = record => record is StreamedUser user ? (user.UserId, user.PropertiesJson) : null,
        SnapshotName = "users",
    };

    public static DatasetKind Actions { get; } = new()
    {
        Name = DatasetTypes.Actions, Label = "Actions", Columns = _ => ColumnRules.OfActions, MaxMetadata = 10, NeedsMetadata = true,
        RecordId = ColumnNames.ActionId,
    };

    public static DatasetKind ActionInteractions { get; } = new()
    {
        Name = DatasetTypes.ActionInteractions, Label = "ActionInteractions", Columns = _ => ColumnRules.OfActionInteractions, MaxMetadata = 5,
    };

    public static IReadOnlyList<DatasetKind> All { get; } = [Interactions, Items, Users, Actions, ActionInteractions];

    /// <summary>Those of which datasets can be made in this release, as a sentence lists them.</summary>
    public static string Available { get; } = string.Join(", ", All.Where(kind => kind.IsAvailable).Select(kind => kind.Label));

    /// <param name="name">In any case; clients also write <c>Action_Interactions</c>.</param>
    /// <returns>Null for a type that does not exist.</returns>
    public static DatasetKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <param name="datasetType">One of <see cref="DatasetTypes"/>, as manifests name it.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static DatasetKind Of(string datasetType) =>
        Find(datasetType) ?? throw new ArgumentException($"'{datasetType}' is not a dataset type.", nameof(datasetType));
}
