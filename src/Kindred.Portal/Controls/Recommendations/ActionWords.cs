using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>What the dataset says about an action, in words.</summary>
internal sealed class ActionWords(ItemReading action, DateTimeOffset now)
{
    private static readonly string[] Known =
    [
        ColumnNames.Value, ColumnNames.RepeatFrequency, ColumnNames.ExpirationTimestamp, ColumnNames.ActionExpirationTimestamp,
        ColumnNames.CreationTimestamp,
    ];

    /// <summary>1 to 10; null where the dataset does not say.</summary>
    public string? Worth => Of(ColumnNames.Value);

    public bool IsOver => Ends <= now;

    /// <summary>Such as <c>Until 3 May 2026, again after 7 days</c>.</summary>
    public string Offered
    {
        get
        {
            var end = Ends is { } moment ? (IsOver ? "Over since " : "Until ") + moment.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : null;
            var again = Of(ColumnNames.RepeatFrequency) is { } days ? $"again {(days is "1" ? "the day after" : $"after {days} days")}" : null;
            return IsOver ? end! : (end, again) switch
            {
                (null, null) => "At any time",
                (null, _) => char.ToUpperInvariant(again[0]) + again[1..],
                (_, null) => end,
                _ => $"{end}, {again}",
            };
        }
    }

    /// <summary>What else describes it; null for nothing.</summary>
    public string? Note
    {
        get
        {
            var others = action.Values.Where(v => !Known.Contains(v.Key, StringComparer.OrdinalIgnoreCase) && v.Value != action.Name);
            string[] texts = [.. others.Select(v => v.Value).Where(text => text.Length < 80 && !ItemTile.IsAddress(text)).Take(3)];
            return texts.Length == 0 ? null : string.Join(", ", texts).Replace("|", ", ", StringComparison.Ordinal);
        }
    }

    private DateTimeOffset? Ends => (Of(ColumnNames.ExpirationTimestamp) ?? Of(ColumnNames.ActionExpirationTimestamp)) is { } text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > -1e10 and < 1e11
        ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private string? Of(string column) => action.Values.FirstOrDefault(v => v.Key.Equals(column, StringComparison.OrdinalIgnoreCase)).Value;
}
