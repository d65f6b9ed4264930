using System.Globalization;
using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Tuning;

/// <summary>The values of one hyperparameter that a search may try.</summary>
public sealed record SearchRange
{
    private SearchRange(string name, HyperParameterType type, double min, double max, IReadOnlyList<string> values) =>
        (Name, Type, Min, Max, Values) = (name, type, min, max, values);

    public string Name { get; }
    public HyperParameterType Type { get; }

    /// <summary>Least number, included; of integers and floats.</summary>
    public double Min { get; }

    /// <summary>Greatest number, included; of integers and floats.</summary>
    public double Max { get; }

    /// <summary>The texts to choose from; of categories.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>How many different values there are; infinite for floats.</summary>
    internal double Count => Type switch
    {
        HyperParameterType.Integer => Max - Min + 1,
        HyperParameterType.Float => Max > Min ? double.PositiveInfinity : 1,
        _ => Values.Count,
    };

    public static SearchRange Integer(string name, int min, int max) => new(name, HyperParameterType.Integer, min, max, []);

    public static SearchRange Continuous(string name, double min, double max) => new(name, HyperParameterType.Float, min, max, []);

    public static SearchRange Categorical(string name, IReadOnlyList<string> values) => new(name, HyperParameterType.Category, 0, 0, values);

    /// <summary>Everything the recipe allows the hyperparameter to be.</summary>
    internal static SearchRange Of(HyperParameter parameter) => parameter.Type switch
    {
        HyperParameterType.Integer => Integer(parameter.Name, (int)parameter.Min, (int)parameter.Max),
        HyperParameterType.Float => Continuous(parameter.Name, parameter.Min, parameter.Max),
        _ => Categorical(parameter.Name, parameter.Values),
    };

    /// <summary>The value at a place of the range, as the text of a setting.</summary>
    /// <param name="place">0..1.</param>
    internal string At(double place) => Type switch
    {
        HyperParameterType.Integer => ((int)Math.Min(Max, Min + Math.Floor(place * (Max - Min + 1)))).ToString(CultureInfo.InvariantCulture),
        HyperParameterType.Float => (Min + place * (Max - Min)).ToString("G6", CultureInfo.InvariantCulture),
        _ => Values[Math.Min(Values.Count - 1, (int)(place * Values.Count))],
    };
}
