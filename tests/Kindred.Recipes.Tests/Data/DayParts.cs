using System.Globalization;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Tests.Data;

/// <summary>
/// Users with a taste of their own, who meet items of one half of the catalogue in the morning and of the other in the evening: only the context
/// of the next event tells which half it is from.
/// </summary>
internal static class DayParts
{
    public const int Tastes = 4;
    private const int ItemsPerTaste = 8; // of each half

    public static readonly EventContext Morning = Of("DAYPART", "morning");
    public static readonly EventContext Evening = Of("DAYPART", "evening");

    public static EventContext Of(string name, string value) => new([new(name, value)]);

    public static bool IsOfMorning(string item) => item.StartsWith('m');

    public static string Item(bool isMorning, int taste, int place) => $"{(isMorning ? 'm' : 'e')}{taste}-{place % ItemsPerTaste}";

    /// <param name="users">Users.</param>
    /// <param name="columns">Of <c>DAYPART</c>, <c>HOUR</c> (a number, the morning ends at 12), <c>DEVICE</c> (says nothing),
    /// <c>SHOP</c> (one value only) and <c>VISIT</c> (all different).</param>
    /// <param name="nightFrom">First user whose evenings are called night; by default nobody.</param>
    public static InteractionLog Create(int users, IReadOnlyList<string> columns, int nightFrom = int.MaxValue)
    {
        var (random, builder) = (new Random(5), new InteractionLogBuilder());
        foreach (var column in columns)
            builder.AddContext(column, column == "HOUR");
        for (var user = 0; user < users; user++)
        {
            var (taste, time) = (random.Next(Tastes), random.Next(100_000));
            for (var step = 0; step < 10; step++)
            {
                var (isMorning, hour, device) = (random.Next(2) == 0, 12 * random.NextSingle(), random.Next(3));
                builder.Add($"u{user}", Item(isMorning, taste, random.Next(ItemsPerTaste)), time += 60);
                for (var column = 0; column < columns.Count; column++)
                {
                    builder.SetContext(builder.Count - 1, column, columns[column] switch
                    {
                        "DAYPART" => isMorning ? "morning" : user < nightFrom ? "evening" : "night",
                        "HOUR" => (isMorning ? hour : 12 + hour).ToString(CultureInfo.InvariantCulture),
                        "DEVICE" => device == 0 ? "" : device == 1 ? "phone" : "phone|tablet",
                        "SHOP" => "the only one",
                        _ => $"visit {builder.Count}",
                    });
                }
            }
        }
        return builder.Build();
    }
}
