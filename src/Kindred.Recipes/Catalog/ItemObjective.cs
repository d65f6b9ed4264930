using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Catalog;

/// <summary>What recommendations are to bring besides relevance: items with a high value in one numeric column, such as a margin or a length.</summary>
/// <param name="Attribute">The column of the items, as the schema spells it.</param>
/// <param name="Sensitivity">How much it counts against relevance.</param>
public sealed record ItemObjective(string Attribute, ObjectiveSensitivity Sensitivity)
{
    /// <summary>
    /// What the scores of the item with the greatest value gain, as a logarithm of odds, and the item with the least value loses: at MEDIUM the
    /// one is three times as likely as by relevance alone, the other a third.
    /// </summary>
    public float MostAdded => Sensitivity switch
    {
        ObjectiveSensitivity.Low => MathF.Log(1.5f),
        ObjectiveSensitivity.Medium => MathF.Log(3),
        _ => MathF.Log(10),
    };

    /// <returns>The value of each item, shape [items]; NaN for an item without one.</returns>
    /// <exception cref="InsufficientDataException">The items have no such column, or no item has a value in it.</exception>
    public float[] ValuesOf(TrainingSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var values = Attribute is AttributeColumn.CreationTimestamp && data.Items?.CreationTimes is { } created
            ? Array.ConvertAll(created, static time => time == AttributeTable.UnknownTime ? float.NaN : time)
            : data.Items?.Numbers.FirstOrDefault(column => column.Name == Attribute)?.Values;
        if (values is null || Array.TrueForAll(values, float.IsNaN))
            throw new InsufficientDataException(
                $"The optimization objective is the item attribute '{Attribute}', and no item of the training data has a number there.");
        return values;
    }

    /// <summary>
    /// What each item's score gains or loses, by its rank among the values: between -<see cref="MostAdded"/> and <see cref="MostAdded"/>, the same for
    /// equal values, 0 for an item without one. Ranks, so that one very dear item does not make all others alike.
    /// </summary>
    /// <inheritdoc cref="ValuesOf" path="/exception"/>
    public float[] AdditionsOf(TrainingSet data)
    {
        var values = ValuesOf(data);
        var known = Enumerable.Range(0, values.Length).Where(item => !float.IsNaN(values[item])).OrderBy(item => values[item]).ToArray();
        var additions = new float[values.Length];
        foreach (var equal in known.Index().GroupBy(place => values[place.Item]))
        {
            var rank = known.Length == 1 ? 0 : (float)(2 * equal.Average(place => place.Index) / (known.Length - 1)) - 1;
            foreach (var (_, item) in equal) additions[item] = rank * MostAdded;
        }
        return additions;
    }
}
