using Kindred.Contracts.Protocol;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>How often a solution trains by itself.</summary>
internal static class ScheduleWords
{
    private const string Usual = "Every 7 days";

    /// <returns>Such as <c>Every 7 days</c>; null when it does not.</returns>
    public static string? Of(Solution solution)
    {
        if (solution.PerformAutoTraining is not true) return null;
        var expression = solution.SolutionConfig?.AutoTrainingConfig?.SchedulingExpression;
        if (expression is null) return Usual;
        var days = expression["rate(".Length..^1];
        return days is "1 day" or "1 days" ? "Every day" : $"Every {days}";
    }
}
