namespace Kindred.Contracts.Solutions;

/// <summary>
/// How the service spells the hyperparameters of a search: DescribeSolution puts before each name where it belongs. Whoever copies what
/// it shows means the same hyperparameter.
/// </summary>
public static class RangeNames
{
    private const string NumberPrefix = "training.";
    private const string CategoryPrefix = "data.";

    public static string OfNumber(string? name) => NumberPrefix + Plain(name);

    public static string OfCategory(string? name) => CategoryPrefix + Plain(name);

    public static string Plain(string? name) => name switch
    {
        null => "",
        _ when name.StartsWith(NumberPrefix, StringComparison.Ordinal) => name[NumberPrefix.Length..],
        _ when name.StartsWith(CategoryPrefix, StringComparison.Ordinal) => name[CategoryPrefix.Length..],
        _ => name,
    };
}
