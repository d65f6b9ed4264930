using System.Globalization;

namespace Kindred.Recipes.Catalog;

/// <summary>One setting of a recipe. Values travel as text.</summary>
public sealed record HyperParameter
{
    public required string Name { get; init; }
    public required HyperParameterKind Kind { get; init; }
    public required HyperParameterType Type { get; init; }
    public required string Default { get; init; }

    /// <summary>Least allowed number; of integers and floats.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Greatest allowed number; of integers and floats.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Allowed texts; of booleans and categories.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether hyperparameter optimisation may search it.</summary>
    public bool IsTunable { get; init; }

    public static HyperParameter Integer(string name, HyperParameterKind kind, int value, int min, int max, bool tunable) => new()
    {
        Name = name, Kind = kind, Type = HyperParameterType.Integer, Default = value.ToString(CultureInfo.InvariantCulture),
        Min = min, Max = max, IsTunable = tunable,
    };

    public static HyperParameter Float(string name, HyperParameterKind kind, string value, double min, double max, bool tunable) => new()
    {
        Name = name, Kind = kind, Type = HyperParameterType.Float, Default = value, Min = min, Max = max, IsTunable = tunable,
    };

    public static HyperParameter Boolean(string name, HyperParameterKind kind, string value, bool tunable) => new()
    {
        Name = name, Kind = kind, Type = HyperParameterType.Boolean, Default = value, Values = ["true", "false"], IsTunable = tunable,
    };

    public static HyperParameter Category(string name, HyperParameterKind kind, string value, params IReadOnlyList<string> values) => new()
    {
        Name = name, Kind = kind, Type = HyperParameterType.Category, Default = value, Values = values,
    };

    /// <summary>What is wrong with <paramref name="text"/> as a value, or null when nothing is.</summary>
    public string? FaultOf(string text) => Type switch
    {
        HyperParameterType.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? RangeFaultOf(text, number)
            : $"{Name} is '{text}'; {Range} was expected.",
        HyperParameterType.Float => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? RangeFaultOf(text, number)
            : $"{Name} is '{text}'; {Range} was expected.",
        HyperParameterType.Boolean => bool.TryParse(text, out _) ? null : $"{Name} is '{text}'; true or false was expected.",
        _ => Values.Contains(text) ? null : $"{Name} is '{text}'; one of {string.Join(", ", Values)} was expected.",
    };

    // Written so that NaN, which compares false with everything, is a fault.
    private string? RangeFaultOf(string text, double number) =>
        number >= Min && number <= Max ? null : $"{Name} is {text}; {Range} was expected.";

    private string Range => (double.IsInfinity(Min), double.IsInfinity(Max)) switch
    {
        (true, true) => Noun,
        (true, false) => $"{Noun} up to {Text(Max)}",
        (false, true) => $"{Noun} of at least {Text(Min)}",
        _ => $"{Noun} between {Text(Min)} and {Text(Max)}",
    };

    private static string Text(double bound) => bound.ToString(CultureInfo.InvariantCulture);

    private string Noun => Type is HyperParameterType.Integer ? "an integer" : "a number";
}
