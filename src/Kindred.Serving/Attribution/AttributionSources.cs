namespace Kindred.Serving.Attribution;

/// <summary>What events are attributed to: the source that came with them, else whoever gave the recommendation that they name.</summary>
/// <param name="endpoints">ARNs of the campaigns and recommenders that may have given it.</param>
/// <param name="known">Sources of before.</param>
public sealed class AttributionSources(IReadOnlyList<string> endpoints, IEnumerable<string> known)
{
    /// <summary>Of events that name neither a source nor a recommendation that is known.</summary>
    public const string Undefined = "SOURCE_NAME_UNDEFINED";

    /// <summary>Of events of further sources, once there are as many as there may be.</summary>
    public const string Other = "SOURCE_NAME_OTHER";

    /// <summary>Different sources that one attribution tells apart.</summary>
    public const int Most = 100;

    private readonly HashSet<string> _known = [.. known.Except([Undefined, Other])];

    public string Of(string? source, string? recommendationId)
    {
        var name = !string.IsNullOrEmpty(source) ? source
            : recommendationId is null ? null
            : endpoints.FirstOrDefault(endpoint => RecommendationIds.IsOf(recommendationId, endpoint));
        if (name is null) return Undefined;
        if (_known.Contains(name)) return name;
        if (_known.Count >= Most) return Other;
        _known.Add(name);
        return name;
    }
}
