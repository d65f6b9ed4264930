using System.Globalization;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Controls.Insights;

/// <summary>What each chart is called, and the sentence that says what it shows of this data.</summary>
public static class InsightTexts
{
    private const double MuchRepeated = 0.3;
    private const double LittleRepeated = 0.05;

    public static string Title(InsightKind kind) => kind switch
    {
        InsightKind.LongTail => "Long tail",
        InsightKind.PerDay => "Interactions over time",
        InsightKind.UserLengths => "How active users are",
        InsightKind.EventTypes => "What happened",
        InsightKind.Habit => "Coming back",
        _ => "Cold items",
    };

    public static string Sentence(InsightKind kind, DataInsights data) => kind switch
    {
        InsightKind.LongTail => Text($"{Fifth(data.Items):N0} items, a fifth, hold {data.TopFifthShare:0 %} of all interactions. {Advice(data.TopFifthShare)}"),
        InsightKind.PerDay => Text($"{data.Interactions:N0} interactions from {data.First:d MMM yyyy} to {data.Last:d MMM yyyy}, {PerDay(data):N0} a day."),
        InsightKind.UserLengths when data.UsersWithOne == 0 => "Every user has more than one interaction.",
        InsightKind.UserLengths => Text($"{data.UsersWithOne:N0} of {data.Users:N0} users have a single interaction; a model knows little of them."),
        InsightKind.EventTypes => data.EventTypes.Count == 0
            ? "Interactions have no types: a view and a purchase count the same."
            : Text($"{data.EventTypes[0].EventType} is {(double)data.EventTypes[0].Interactions / data.Interactions:0 %} of all interactions."),
        InsightKind.Habit => Text($"{data.RepeatShare:0 %} of interactions are with an item that the user had met before. {Habit(data.RepeatShare)}"),
        _ => data is { ColdItems: { } cold, CatalogueItems: { } all }
            ? Text($"{cold:N0} of {all:N0} items of the catalogue have no interaction: only what is known of the items can recommend them.")
            : "Without an items dataset nobody can tell which items are new. Add one under Datasets.",
    };

    private static int Fifth(int items) => (items + 4) / 5;

    private static double PerDay(DataInsights data) => data.Interactions / Math.Max(1, (data.Last - data.First).TotalDays);

    private static string Advice(double share) => share switch
    {
        > 0.8 => "What is popular will be recommended a lot; exploration helps the rest.",
        < 0.4 => "Interest is spread widely.",
        _ => "That is usual.",
    };

    private static string Habit(double share) => share switch
    {
        > MuchRepeated => "People take the same again: such items stay among the recommendations.",
        < LittleRepeated => "People look for what is new to them.",
        _ => "Some items are taken again.",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
