using System.Globalization;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Segmentation;

/// <summary>Which items have which attributes, to answer queries with.</summary>
/// <param name="Categories">Categorical columns.</param>
/// <param name="Numbers">Numeric columns.</param>
/// <param name="TextNames">Columns of text, which queries may not name.</param>
internal sealed record ItemAttributes(IReadOnlyList<CategoryColumn> Categories, IReadOnlyList<NumberColumn> Numbers, IReadOnlyList<string> TextNames)
{
    public static ItemAttributes? Of(AttributeTable? table) =>
        table is null ? null : new ItemAttributes(table.Categories, table.Numbers, [.. table.Texts.Select(column => column.Name)]);

    /// <summary>Marks the items that meet every condition.</summary>
    /// <exception cref="FormatException">A condition names no column, or one of text, or compares a number with a text.</exception>
    public bool[] Match(ItemAttributeQuery query, int itemCount)
    {
        var isMatching = new bool[itemCount];
        Array.Fill(isMatching, true);
        foreach (var (name, value) in query.Conditions)
        {
            if (Categories.FirstOrDefault(column => IsNamed(column.Name, name)) is { } categories)
                Match(categories, value, isMatching);
            else if (Numbers.FirstOrDefault(column => IsNamed(column.Name, name)) is { } numbers)
                Match(numbers, value, isMatching);
            else
                throw new FormatException(TextNames.Any(text => IsNamed(text, name))
                    ? $"The column '{name}' is textual; a categorical or numeric one was expected."
                    : $"The items have no column '{name}'; {string.Join(", ", Askable())} can be asked for.");
        }
        return isMatching;
    }

    private IEnumerable<string> Askable() => Categories.Select(column => column.Name).Concat(Numbers.Select(column => column.Name));

    public void Write(ArtifactWriter writer)
    {
        writer.Strings("attributes.categories", Categories.Select(column => column.Name))
            .Strings("attributes.numbers", Numbers.Select(column => column.Name)).Strings("attributes.texts", TextNames);
        for (var i = 0; i < Categories.Count; i++)
        {
            writer.Strings($"attributes.category.{i}.values", Categories[i].Values)
                .Tensor<int>($"attributes.category.{i}.starts", Categories[i].Starts)
                    .Tensor<int>($"attributes.category.{i}.codes", Categories[i].Codes);
        }
        for (var i = 0; i < Numbers.Count; i++)
            writer.Tensor<float>($"attributes.number.{i}", Numbers[i].Values);
    }

    public static ItemAttributes Read(ModelArtifact artifact)
    {
        using var lease = artifact.Lease();
        return new ItemAttributes(
            [.. artifact.Strings("attributes.categories").Select((name, i) => new CategoryColumn(
                name, artifact.Strings($"attributes.category.{i}.values"),
                artifact.Tensor<int>($"attributes.category.{i}.starts").ToArray(),
                artifact.Tensor<int>($"attributes.category.{i}.codes").ToArray()))],
            [.. artifact.Strings("attributes.numbers").Select(
                (name, i) => new NumberColumn(name, artifact.Tensor<float>($"attributes.number.{i}").ToArray()))],
            artifact.Strings("attributes.texts"));
    }

    // Names stay unique in a schema when case is ignored, and the guide of the service itself writes genres for GENRES.
    private static bool IsNamed(string column, string name) => string.Equals(column, name, StringComparison.OrdinalIgnoreCase);

    private static void Match(CategoryColumn column, string value, bool[] isMatching)
    {
        var code = column.Values.ToList().IndexOf(value);
        for (var item = 0; item < isMatching.Length; item++)
            isMatching[item] = isMatching[item] && code >= 0 && column.Row(item).Contains(code);
    }

    private static void Match(NumberColumn column, string value, bool[] isMatching)
    {
        if (!float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw new FormatException($"The column '{column.Name}' is numeric and '{value}' is not a number.");
        for (var item = 0; item < isMatching.Length; item++)
            isMatching[item] = isMatching[item] && column.Values[item] == number;
    }
}
