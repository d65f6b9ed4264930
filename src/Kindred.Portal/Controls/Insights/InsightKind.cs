namespace Kindred.Portal.Controls.Insights;

/// <summary>A chart of a project's data. The names stand in browsers' stores: they do not change.</summary>
public enum InsightKind
{
    LongTail,
    PerDay,
    UserLengths,
    EventTypes,
    Habit,
    Cold,
}
