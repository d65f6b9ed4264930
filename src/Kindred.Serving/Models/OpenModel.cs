using System.Runtime.CompilerServices;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Exploration;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Items;
using Kindred.Serving.Scores;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Models;

/// <summary>A mapped model, and how the codes of snapshots and recent events translate to its own.</summary>
/// <param name="copy">The artifact that the model is mapped from; given back with the model.</param>
/// <param name="cache">Where scores are kept; null = nowhere.</param>
internal sealed class OpenModel(ITrainedModel model, long sizeBytes, ArtifactCopy? copy = null, ScoreCache? cache = null) : IDisposable
{
    private readonly ConditionalWeakTable<UserHistory, Lazy<SnapshotCodes>> _snapshots = [];
    private readonly ConditionalWeakTable<CodeTable, ModelCodes> _recentItems = [];
    private readonly ConditionalWeakTable<CodeTable, ModelCodes> _recentTypes = [];
    private readonly ConditionalWeakTable<ItemCatalog, Lazy<CatalogRows>> _catalogs = [];
    private readonly ConditionalWeakTable<GroupView, CurrentSpace> _spaces = [];
    private long _lastUsed;

    public ITrainedModel Model => model;
    /// <summary>What is kept of its scores; null = nothing is.</summary>
    public ModelScores? Scores { get; } = cache?.For(model);
    public RecipeDescription Recipe => model.Recipe;
    /// <summary><see cref="ITrainedModel.Rung"/>, as metrics name it.</summary>
    public string RungName { get; } = RungNames.Of(model.Rung);
    /// <summary>Size of the mapped artifact.</summary>
    public long SizeBytes => sizeBytes;
    /// <summary>A timestamp of the store's clock; later means used later.</summary>
    public long LastUsed { get => Volatile.Read(ref _lastUsed); set => Volatile.Write(ref _lastUsed, value); }

    /// <summary>Made once per model and snapshot.</summary>
    public SnapshotCodes CodesOf(UserHistory snapshot) =>
        _snapshots.GetValue(snapshot, s => new Lazy<SnapshotCodes>(() => new SnapshotCodes(s, this))).Value;

    public ModelCodes RecentItems(CodeTable table) => _recentItems.GetValue(table, _ => new ModelCodes(FindItem));

    public ModelCodes RecentEventTypes(CodeTable table) => _recentTypes.GetValue(table, _ => new ModelCodes(FindEventType));

    /// <summary>The model's items alone.</summary>
    public ItemSpace OwnSpace { get; } = new(model);

    /// <returns>The model's items and all others of the group as of now, and those of them that the model has not met.</returns>
    public (ItemSpace Space, NewItems NewItems) SpaceOf(GroupView group) =>
        _spaces.GetValue(group, static _ => new CurrentSpace()).Of(group, this);

    /// <summary>Made once per model and catalogue.</summary>
    /// <returns>Null when the group has no catalogue of items.</returns>
    public CatalogRows? RowsOf(GroupView group) => group.Items.Catalog is { } catalog
        ? _catalogs.GetValue(catalog, c => new Lazy<CatalogRows>(() => new CatalogRows(c, model))).Value
        : null;

    /// <returns>The model's item, or -1.</returns>
    public int FindItem(string itemId) => model.Items.TryFind(itemId, out var item) ? item : -1;

    /// <returns>The model's event type, or -1. Event types ignore case.</returns>
    public int FindEventType(string eventType)
    {
        var types = model.EventTypes;
        for (var code = 0; code < types.Count; code++)
        {
            if (string.Equals(types[code], eventType, StringComparison.OrdinalIgnoreCase)) return code;
        }
        return -1;
    }

    public void Dispose()
    {
        Scores?.Dispose();
        model.Dispose();
        copy?.Dispose();
    }
}
