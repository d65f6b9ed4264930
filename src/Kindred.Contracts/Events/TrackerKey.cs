namespace Kindred.Contracts.Events;

/// <summary>A <c>trackingId</c> within the account that may use it: what an event tracker is found by.</summary>
public readonly record struct TrackerKey(string Region, string Account, string TrackingId)
{
    public static bool TryParse(string text, out TrackerKey key)
    {
        var parts = text.Split('/', 3);
        key = parts.Length == 3 ? new TrackerKey(parts[0], parts[1], parts[2]) : default;
        return parts.Length == 3;
    }

    public override string ToString() => $"{Region}/{Account}/{TrackingId}";
}
