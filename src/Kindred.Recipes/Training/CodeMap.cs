using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>Where the codes of new data are among those of a model.</summary>
/// <param name="Items">For each item of the data its code in the model, or -1.</param>
/// <param name="EventTypes">For each event type of the data its code in the model, or -1.</param>
internal sealed record CodeMap(int[] Items, int[] EventTypes)
{
    /// <param name="model">An open model.</param>
    /// <param name="log">The data.</param>
    public static CodeMap Between(ITrainedModel model, InteractionLog log)
    {
        var items = new int[log.ItemIds.Count];
        for (var item = 0; item < items.Length; item++)
            items[item] = model.Items.TryFind(log.ItemIds.Bytes(item), out var code) ? code : -1;
        var types = model.EventTypes.Index().ToDictionary(type => type.Item, type => type.Index);
        return new CodeMap(items, [.. log.EventTypes.Select(type => types.GetValueOrDefault(type, -1))]);
    }
}
