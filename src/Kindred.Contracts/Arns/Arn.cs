using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Kindred.Contracts.Arns;

/// <summary>
/// The name of one resource: <c>arn:aws:personalize:{region}:{account}:{type}/{name}</c>. An ARN is also the resource's
/// grain key; nothing but this type parses or composes one.
/// </summary>
/// <remarks>Recipes, algorithms and feature transformations belong to the service: their region and account are empty.</remarks>
[GenerateSerializer, Immutable, Alias("Kindred.Arn")]
public readonly partial record struct Arn
{
    /// <summary>Longest ARN that the contract allows, in characters.</summary>
    public const int MaxLength = 256;

    private Arn(string region, string account, string type, string name) =>
        (Region, Account, Type, Name) = (region, account, type, name);

    /// <summary>What this thread parsed last.</summary>
    [ThreadStatic] private static Parsed? _last;

    [Id(0)] public string Region { get; }
    /// <summary>The tenant: 12 digits, or empty for a resource of the service itself.</summary>
    [Id(1)] public string Account { get; }
    /// <summary>One of <see cref="ResourceTypes"/>.</summary>
    [Id(2)] public string Type { get; }
    /// <summary>What follows the type; holds a <c>/</c> for a dataset (<c>group/TYPE</c>) and a solution version (<c>solution/id</c>).</summary>
    [Id(3)] public string Name { get; }

    /// <summary>The first part of the name: the dataset group of a dataset, the solution of a solution version.</summary>
    public string Parent => Name.IndexOf('/') is var slash and >= 0 ? Name[..slash] : Name;

    /// <summary>Whether the name has two parts.</summary>
    public bool IsNested => Name.Contains('/', StringComparison.Ordinal);

    /// <param name="type">One of <see cref="ResourceTypes"/>, or the type of a kind of resource that was added.</param>
    public static Arn Of(string region, string account, string type, string name) => new(region, account, type, name);

    public static Arn Schema(string region, string account, string name) => Of(region, account, ResourceTypes.Schema, name);
    public static Arn DatasetGroup(string region, string account, string name) => Of(region, account, ResourceTypes.DatasetGroup, name);
    /// <param name="datasetType">Upper case, such as <c>INTERACTIONS</c>.</param>
    public static Arn Dataset(string region, string account, string group, string datasetType) =>
        Of(region, account, ResourceTypes.Dataset, $"{group}/{datasetType}");
    public static Arn DatasetImportJob(string region, string account, string name) => Of(region, account, ResourceTypes.DatasetImportJob, name);
    public static Arn Solution(string region, string account, string name) => Of(region, account, ResourceTypes.Solution, name);
    /// <param name="id">8 lower-case hexadecimal digits.</param>
    public static Arn SolutionVersion(string region, string account, string solution, string id) =>
        Of(region, account, ResourceTypes.Solution, $"{solution}/{id}");
    public static Arn Campaign(string region, string account, string name) => Of(region, account, ResourceTypes.Campaign, name);
    public static Arn EventTracker(string region, string account, string id) => Of(region, account, ResourceTypes.EventTracker, id);
    public static Arn Recipe(string name) => Of("", "", ResourceTypes.Recipe, name);
    public static Arn Algorithm(string name) => Of("", "", ResourceTypes.Algorithm, name);
    public static Arn FeatureTransformation(string name) => Of("", "", ResourceTypes.FeatureTransformation, name);

    /// <summary>The key range of every resource of one type in one account: <c>arn:aws:personalize:{region}:{account}:{type}/</c>.</summary>
    public static string Prefix(string region, string account, string type) => $"arn:aws:personalize:{region}:{account}:{type}/";

    public static bool TryParse([NotNullWhen(true)] string? text, out Arn arn)
    {
        arn = default;
        if (text is null || text.Length > MaxLength) return false;
        // A request's ARN is looked at by the door, the rules and the directory, and the next request is often about the same.
        if (_last is { } last && last.Text == text)
        {
            arn = last.Arn;
            return true;
        }
        var match = Form().Match(text);
        if (!match.Success) return false;
        arn = new Arn(match.Groups["region"].Value, match.Groups["account"].Value, match.Groups["type"].Value, match.Groups["name"].Value);
        _last = new Parsed(text, arn);
        return true;
    }

    /// <exception cref="FormatException">The text is not an ARN of this service.</exception>
    public static Arn Parse(string text) =>
        TryParse(text, out var arn)
            ? arn
            : throw new FormatException($"'{text}' is not an ARN of the form arn:aws:personalize:region:account:type/name.");

    public override string ToString() => $"arn:aws:personalize:{Region}:{Account}:{Type}/{Name}";

    // Names hold no dots or backslashes and at most one inner slash, so an ARN that parses can safely name a folder.
    [GeneratedRegex(
        @"^arn:aws:personalize:(?<region>[a-z0-9-]*):(?<account>(?:[0-9]{12})?):(?<type>[a-z-]+)/"
        + @"(?<name>[A-Za-z0-9$][A-Za-z0-9\-_$]*(?:/[A-Za-z0-9$][A-Za-z0-9\-_$]*)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    private sealed record Parsed(string Text, Arn Arn);
}
