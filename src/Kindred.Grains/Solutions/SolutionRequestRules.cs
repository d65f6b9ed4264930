using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Storage.Datasets;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Solutions;

/// <summary>What a solution may be asked to be, beyond the contract's shapes.</summary>
internal static class SolutionRequestRules
{
    /// <returns>The recipe, which can be trained; null when performAutoML is to choose it.</returns>
    /// <exception cref="Contracts.Refusals.RefusedException">Something is wrong; the message lists all of it.</exception>
    public static RecipeDescription? Check(CreateSolutionRequest request)
    {
        var faults = new Faults();
        var config = request.SolutionConfig ?? new SolutionConfig();
        CheckSchedule(config.AutoTrainingConfig, faults);
        CheckThreshold(config.EventValueThreshold, faults);
        CheckColumns(config.TrainingDataConfig, faults);

        var recipe = request.PerformAutoML is true ? null : FindRecipe(request.RecipeArn, faults);
        if (recipe is not null) CheckFor(recipe, request, config, faults);
        else if (request.PerformAutoML is true) CheckForAny(request, config, faults);
        if (recipe is not null || request.PerformAutoML is true) CheckIncremental(request.PerformIncrementalUpdate, recipe, faults);
        SearchRequestRules.Check(request, recipe, faults);
        faults.ThrowIfAny();
        return recipe;
    }

    /// <exception cref="Contracts.Refusals.RefusedException">Something is wrong; the message lists all of it.</exception>
    /// <param name="recipe">Null for a solution whose recipe performAutoML chooses.</param>
    public static void Check(UpdateSolutionRequest request, RecipeDescription? recipe)
    {
        var faults = new Faults();
        CheckIncremental(request.PerformIncrementalUpdate, recipe, faults);
        CheckSchedule(request.SolutionUpdateConfig?.AutoTrainingConfig, faults);
        CheckEvents(request.SolutionUpdateConfig?.EventsConfig, recipe, faults);
        faults.ThrowIfAny();
    }

    private static void CheckIncremental(bool? wanted, RecipeDescription? recipe, Faults faults) =>
        faults.Require(wanted is not true || recipe is { HasIncrementalUpdates: true },
            "performIncrementalUpdate is for "
            + $"{string.Join(", ", RecipeCatalog.All.Where(other => other.HasIncrementalUpdates).Select(other => other.Name))}; "
            + $"{recipe?.Name ?? "a solution whose recipe performAutoML chooses"} has none.");

    private static RecipeDescription? FindRecipe(string? arn, Faults faults)
    {
        if (arn is null)
        {
            faults.Add("recipeArn is missing; it is required unless performAutoML is true.");
            return null;
        }

        var recipe = RecipeCatalog.FindByArn(arn);
        if (recipe is null) faults.Add($"The recipe {arn} does not exist.");
        else if (recipe.Domain is not null)
            faults.Add($"{recipe.Name} is a use case of the domain {recipe.Domain}, for a recommender; "
                + "a solution needs a recipe of its own.");
        else if (RecipeCatalog.Implementation(recipe.Name) is null) faults.Add($"The recipe {recipe.Name} cannot be trained in this release.");
        else return recipe;
        return null;
    }

    private static void CheckForAny(CreateSolutionRequest request, SolutionConfig config, Faults faults)
    {
        faults.Require(config.AlgorithmHyperParameters is null or { Count: 0 } && config.FeatureTransformationParameters is null or { Count: 0 },
            "Hyperparameters belong to a recipe, which performAutoML has yet to choose; leave them out.");
        faults.Require(config.OptimizationObjective is null or { ObjectiveSensitivity: "OFF" },
            "optimizationObjective cannot be combined with performAutoML.");
        CheckEvents(config.EventsConfig, null, faults);
        CheckEventsAlone(request, config, faults);
    }

    private static void CheckEventsAlone(CreateSolutionRequest request, SolutionConfig config, Faults faults) =>
        faults.Require(config.EventsConfig is null || (request.EventType is null && config.EventValueThreshold is null),
            "eventsConfig cannot be combined with eventType or eventValueThreshold; give every type and threshold in eventsConfig.");

    private static void CheckFor(RecipeDescription recipe, CreateSolutionRequest request, SolutionConfig config, Faults faults)
    {
        RecipeSettings.Parse(recipe, config.AlgorithmHyperParameters, config.FeatureTransformationParameters, out var settingFaults);
        faults.AddRange(settingFaults);
        CheckEvents(config.EventsConfig, recipe, faults);
        CheckEventsAlone(request, config, faults);
        if (config.OptimizationObjective is not { } objective || objective.ObjectiveSensitivity is "OFF") return;
        faults.Require(recipe.HasObjective, $"The recipe {recipe.Name} has no optimizationObjective.");
        faults.Require(objective is { ItemAttribute: not null, ObjectiveSensitivity: not null },
            "optimizationObjective needs an itemAttribute, a numeric column of the items, and an objectiveSensitivity: LOW, MEDIUM or HIGH.");
    }

    private static void CheckSchedule(AutoTrainingConfig? autoTraining, Faults faults)
    {
        if (autoTraining?.SchedulingExpression is { } expression)
            faults.Require(AutoTrainingRules.Parse(expression) is not null,
                $"schedulingExpression is '{expression}'; rate(n days) with n from 1 to 30 was expected.");
    }

    private static void CheckThreshold(string? threshold, Faults faults)
    {
        if (threshold is null) return;
        var good = double.TryParse(threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        faults.Require(good, $"eventValueThreshold is '{threshold}'; a decimal number was expected.");
    }

    private static void CheckEvents(EventsConfig? events, RecipeDescription? recipe, Faults faults)
    {
        if (events?.EventParametersList is not { Count: > 0 } list) return;
        faults.Require(recipe is null or { IsV2: true }, $"The recipe {recipe?.Name} has no eventsConfig; only recipes whose names end in v2 do.");
        foreach (var parameters in list)
        {
            faults.Require(parameters.EventType is not null, "An entry of eventParametersList has no eventType; it is required.");
            faults.Require(parameters.Weight is null or (>= 0 and <= 1),
                $"The weight of event type '{parameters.EventType}' is {parameters.Weight}; a number from 0 to 1 was expected.");
        }
        foreach (var twice in list.GroupBy(parameters => parameters.EventType, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            faults.Add($"The event type '{twice.Key}' is in eventParametersList {twice.Count()} times; once was expected.");
    }

    /// <summary>Whether lists of columns name datasets that there are.</summary>
    public static void CheckColumns(TrainingDataConfig? columns, Faults faults)
    {
        foreach (var (member, lists) in new[]
            {
                ("excludedDatasetColumns", columns?.ExcludedDatasetColumns),
                ("includedDatasetColumns", columns?.IncludedDatasetColumns)
            })
        {
            foreach (var (type, names) in lists ?? new Dictionary<string, IReadOnlyList<string>>())
            {
                faults.Require(DatasetKinds.Find(type) is not null,
                    $"{member} names the dataset type '{type}'; one of {DatasetKinds.Available} was expected.");
                if (member is "excludedDatasetColumns")
                    faults.Require(!names.Contains(ColumnNames.EventType), "EVENT_TYPE cannot be excluded from training.");
            }
        }
    }

    /// <summary>Whether the items dataset holds what a recipe that needs one learns from.</summary>
    /// <param name="items">The dataset's manifest; null when there is no such dataset.</param>
    public static void CheckItems(RecipeDescription recipe, DatasetData? items, Faults faults)
    {
        if (items is null)
        {
            faults.Add($"The recipe {recipe.Name} learns from item metadata; create an Items dataset and import items first.");
            return;
        }
        if (!recipe.NeedsTexts) return;
        var fields = ParsedSchema.Parse(items.Schema).Fields;
        faults.Require(fields.Any(field => field.ItemName) && fields.Any(field => field.Textual),
            $"The recipe {recipe.Name} compares texts; the Items schema needs a field with \"itemName\": true and one with \"textual\": true.");
    }

    /// <summary>Whether the items dataset has the column that an objective is about.</summary>
    /// <param name="items">The dataset's manifest; null when there is no such dataset.</param>
    public static void CheckObjective(SolutionConfig? config, DatasetData? items, Faults faults)
    {
        if (Objective(config?.OptimizationObjective) is not { Attribute: var attribute }) return;
        var field = items is null ? null : ParsedSchema.Parse(items.Schema).Find(attribute);
        if (field is not { Type: FieldType.Float or FieldType.Double or FieldType.Int or FieldType.Long, Nullable: false })
        {
            var given = items is null ? "there is no Items dataset"
                : field is null ? $"the Items schema has no {attribute}"
                : field.Nullable ? $"{attribute} allows null" : $"{attribute} is a {field.Type.ToString().ToLowerInvariant()}";
            faults.Add($"The itemAttribute of optimizationObjective is '{attribute}'; a numeric column of the items that allows no null was expected, and {given}.");
            return;
        }
        foreach (var (type, included) in config!.TrainingDataConfig?.IncludedDatasetColumns ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            faults.Require(!type.Equals(DatasetTypes.Items, StringComparison.OrdinalIgnoreCase) || included.Contains(attribute),
                $"The column {attribute} is the itemAttribute of optimizationObjective, and is not in includedDatasetColumns.");
        }
        foreach (var (type, excluded) in config.TrainingDataConfig?.ExcludedDatasetColumns ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            faults.Require(!type.Equals(DatasetTypes.Items, StringComparison.OrdinalIgnoreCase) || !excluded.Contains(attribute),
                $"The column {attribute} is the itemAttribute of optimizationObjective, and is in excludedDatasetColumns.");
        }
    }

    /// <returns>Null where there is none, or it is OFF.</returns>
    public static ItemObjective? Objective(OptimizationObjective? given) =>
        given is { ItemAttribute: { } attribute, ObjectiveSensitivity: { } text }
        && Enum.TryParse<ObjectiveSensitivity>(text, ignoreCase: true, out var sensitivity)
            ? new ItemObjective(attribute, sensitivity)
            : null;

    /// <summary>Which events a solution trains on.</summary>
    public static EventSelection Events(string? eventType, SolutionConfig? config) =>
        config?.EventsConfig?.EventParametersList is { Count: > 0 } list
            ? EventSelection.OfWeighted(list.Select(one => new EventRule(one.EventType, one.EventValueThreshold, one.Weight ?? 1)).ToArray())
            : EventSelection.Of(eventType, config?.EventValueThreshold);
}
