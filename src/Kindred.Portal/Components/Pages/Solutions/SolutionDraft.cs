using System.Globalization;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Solutions;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>A solution as its form holds it, and the request that it becomes.</summary>
internal sealed class SolutionDraft
{
    public const int MostDays = 30;

    public string Name { get; set; } = "";
    public string Recipe { get; set; } = RecipeWords.Usual[0];
    public bool TrainsByItself { get; set; } = true;
    /// <summary>Days between two trainings, 1 to <see cref="MostDays"/>.</summary>
    public int Days { get; set; } = 7;
    /// <summary>Empty for all.</summary>
    public string EventType { get; set; } = "";
    /// <summary>Least value of an event that counts; empty for all.</summary>
    public string Threshold { get; set; } = "";
    /// <summary>Columns of interactions that are left out of the training.</summary>
    public HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);
    public bool Searches { get; set; }
    /// <summary>What was typed over the defaults, by the name of the hyperparameter.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <returns>What is wrong with the form, by the id of its field; empty when it can be sent.</returns>
    public IReadOnlyDictionary<string, string> Faults()
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Name.Trim().Length == 0) faults["name"] = "The solution needs a name.";
        else if (!char.IsAsciiLetterOrDigit(Name.Trim()[0]) || !Name.Trim().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            faults["name"] = "Letters, digits, - and _, and first a letter or digit.";
        if (TrainsByItself && Days is < 1 or > MostDays) faults["days"] = $"1 to {MostDays} days.";
        if (Threshold.Length > 0 && !IsNumber(Threshold)) faults["threshold"] = "A number, such as 3.5.";
        return faults;
    }

    public CreateSolutionRequest Request(string datasetGroupArn, RecipeOffer recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var isOfType = EventType.Length > 0 || Threshold.Length > 0;
        return new CreateSolutionRequest
        {
            Name = Name.Trim(), DatasetGroupArn = datasetGroupArn, RecipeArn = recipe.Arn,
            PerformAutoTraining = TrainsByItself, PerformHPO = Searches ? true : null,
            EventType = isOfType && EventType.Length > 0 ? EventType : null,
            SolutionConfig = new SolutionConfig
            {
                EventValueThreshold = Threshold.Length > 0 ? Threshold.Trim() : null,
                AutoTrainingConfig = TrainsByItself ? new() { SchedulingExpression = $"rate({Days} {(Days == 1 ? "day" : "days")})" } : null,
                TrainingDataConfig = LeftOut.Count == 0 ? null
                    : new() { ExcludedDatasetColumns = new Dictionary<string, IReadOnlyList<string>> { ["INTERACTIONS"] = [.. LeftOut.Order()] } },
                AlgorithmHyperParameters = SettingsOf(recipe, isFeatureTransformation: false),
                FeatureTransformationParameters = SettingsOf(recipe, isFeatureTransformation: true),
            },
        };
    }

    private Dictionary<string, string>? SettingsOf(RecipeOffer recipe, bool isFeatureTransformation)
    {
        var changed = recipe.HyperParameters
            .Where(p => p.IsFeatureTransformation == isFeatureTransformation && Settings.TryGetValue(p.Name, out var value)
                && value.Trim().Length > 0 && value.Trim() != p.Default)
            .ToDictionary(p => p.Name, p => Settings[p.Name].Trim());
        return changed.Count == 0 ? null : changed;
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
