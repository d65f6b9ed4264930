namespace Kindred.Recipes.Catalog;

/// <summary>A recipe as its users see it.</summary>
public sealed record RecipeDescription
{
    private const string ArnPrefix = "arn:aws:personalize:::";

    public required string Name { get; init; }

    /// <summary>One of <see cref="RecipeTypes"/>.</summary>
    public required string RecipeType { get; init; }

    public required string Description { get; init; }

    /// <summary>ECOMMERCE or VIDEO_ON_DEMAND for a domain use case; null for a recipe that solutions use.</summary>
    public string? Domain { get; init; }

    public required string AlgorithmName { get; init; }
    public required string FeatureTransformationName { get; init; }
    public IReadOnlyList<HyperParameter> HyperParameters { get; init; } = [];

    /// <summary>Recommendations carry a score.</summary>
    public bool HasScores { get; init; }

    /// <summary>Accepts <c>eventsConfig</c> and serves metadata without asking: the second generation of recipes.</summary>
    public bool IsV2 { get; init; }

    /// <summary>Accepts <c>itemExplorationConfig</c>.</summary>
    public bool CanExplore { get; init; }

    /// <summary>Explores items without being told to: those that training set apart as cold, and those that nobody has met.</summary>
    public bool ExploresColdItems { get; init; }

    /// <summary>Accepts <c>optimizationObjective</c>.</summary>
    public bool HasObjective { get; init; }

    /// <summary>Accepts the <c>trainingMode</c> UPDATE.</summary>
    public bool HasUpdateMode { get; init; }

    /// <summary>Accepts <c>performIncrementalUpdate</c>.</summary>
    public bool HasIncrementalUpdates { get; init; }

    /// <summary>Learns from the items dataset, which must exist.</summary>
    public bool NeedsItems { get; init; }

    /// <summary>Compares texts: the schema of the items must flag an item name and a textual column.</summary>
    public bool NeedsTexts { get; init; }

    /// <summary>A domain use case trains on this event type alone; null = on all.</summary>
    public string? EventType { get; init; }

    /// <summary>A domain use case leaves out items that the user has had this event with; null = none.</summary>
    public string? ExcludedEventType { get; init; }

    /// <summary>How old the model of a use case may become while there is new data.</summary>
    public TimeSpan RetrainedAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Requests must name a user.</summary>
    public bool NeedsUserId { get; init; }

    /// <summary>Requests must name an item.</summary>
    public bool NeedsItemId { get; init; }

    public string Status { get; } = "ACTIVE";

    /// <summary>Recipes come with the product; this is the day their catalogue was set down.</summary>
    public DateTimeOffset CreatedAt { get; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public string Arn => $"{ArnPrefix}recipe/{Name}";
    public string AlgorithmArn => $"{ArnPrefix}algorithm/{AlgorithmName}";
    public string FeatureTransformationArn => $"{ArnPrefix}feature-transformation/{FeatureTransformationName}";

    /// <summary>Default values of one kind of hyperparameter, by name.</summary>
    public IReadOnlyDictionary<string, string> Defaults(HyperParameterKind kind) =>
        HyperParameters.Where(parameter => parameter.Kind == kind).ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
}
