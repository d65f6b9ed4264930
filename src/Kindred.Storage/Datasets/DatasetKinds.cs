using Kindred.Contracts.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Datasets;

/// <summary>Every type of dataset that the contract has.</summary>
public static class DatasetKinds
{
    private static readonly Dictionary<string, SegmentColumnKind> EventNumbers = new()
    {
        [ColumnNames.Timestamp] = SegmentColumnKind.Timestamp, [ColumnNames.EventValue] = SegmentColumnKind.Value,
    };

    public static DatasetKind Interactions { get; } = new()
    {
        Name = DatasetTypes.Interactions, Label = "Interactions", Columns = ColumnRules.OfInteractions, MaxMetadata = 5,
        Numbers = EventNumbers, SubjectColumn = ColumnNames.ItemId, EventOf = record => record as StreamedEvent, SnapshotName = "history",
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
        RecordId = ColumnNames.ActionId, RecordOf = record => record is StreamedAction action ? (action.ActionId, action.PropertiesJson) : null,
        IsCustomOnly = true, SnapshotName = "actions",
    };

    public static DatasetKind ActionInteractions { get; } = new()
    {
        Name = DatasetTypes.ActionInteractions, Label = "ActionInteractions", Columns = _ => ColumnRules.OfActionInteractions, MaxMetadata = 5,
        Numbers = EventNumbers, SubjectColumn = ColumnNames.ActionId, EventOf = record => (record as StreamedActionInteraction)?.Event,
        IsCustomOnly = true, SnapshotName = "action-history",
    };

    public static IReadOnlyList<DatasetKind> All { get; } = [Interactions, Items, Users, Actions, ActionInteractions];

    /// <summary>All of them, as a sentence lists them.</summary>
    public static string Available { get; } = string.Join(", ", All.Select(kind => kind.Label));

    /// <param name="name">In any case; with underscores or without: <c>Action_Interactions</c>, <c>ActionInteractions</c>.</param>
    /// <returns>Null for a type that does not exist.</returns>
    public static DatasetKind? Find(string? name) => name?.Replace("_", "", StringComparison.Ordinal) is { } plain
        ? All.FirstOrDefault(kind => kind.Label.Equals(plain, StringComparison.OrdinalIgnoreCase))
        : null;

    /// <param name="datasetType">One of <see cref="DatasetTypes"/>, as manifests name it.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static DatasetKind Of(string datasetType) =>
        Find(datasetType) ?? throw new ArgumentException($"'{datasetType}' is not a dataset type.", nameof(datasetType));
}
