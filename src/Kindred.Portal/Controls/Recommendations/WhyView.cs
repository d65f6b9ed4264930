using System.Globalization;
using Kindred.Serving.Explanations;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>Why one item was recommended, as people read it.</summary>
internal sealed class WhyView(ItemExplanation explanation, IReadOnlyDictionary<string, ItemReading> items)
{
    /// <summary>Such as <c>because of Heat and Fargo</c>; null when no past item stands out.</summary>
    public string? Because => explanation.PastItems switch
    {
        [] => null,
        [var one] => $"because of {NameOf(one.ItemId)}",
        [var one, var two, ..] when two.Weight > one.Weight / 2 => $"because of {NameOf(one.ItemId)} and {NameOf(two.ItemId)}",
        [var one, ..] => $"because of {NameOf(one.ItemId)}",
    };

    /// <summary>Past items with their factor: how much less likely the item would be without it.</summary>
    public IEnumerable<(string Name, string Factor, double Share)> PastItems => explanation.PastItems.Select(past => (
        NameOf(past.ItemId), string.Create(CultureInfo.InvariantCulture, $"{Math.Exp(Math.Min(past.Weight, 20)):0.0}×"),
        past.Weight / Math.Max(1e-9, explanation.PastItems[0].Weight)));

    /// <summary>Members that speak for the item, each with its share of what all of those say.</summary>
    public IEnumerable<(string Name, double Share)> Members
    {
        get
        {
            var all = explanation.Members.Where(member => member.Contribution > 0).ToList();
            var sum = all.Sum(member => member.Contribution);
            return all.Where(member => member.Contribution >= sum / 100).Select(member => (member.Name, member.Contribution / sum));
        }
    }

    public bool IsEmpty => explanation.PastItems.Count == 0 && !explanation.Members.Any(member => member.Contribution > 0);

    private string NameOf(string id) => items.GetValueOrDefault(id)?.Name ?? id;
}
