using System.Runtime.InteropServices;

namespace Kindred.Storage.Snapshots;

/// <summary>One interaction while a history is built. Sorts by time; equal times keep the order of the input.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct HistoryRow(int User, int Item, long Timestamp, int EventType, int Order) : IComparable<HistoryRow>
{
    public readonly int CompareTo(HistoryRow other) =>
        Timestamp.CompareTo(other.Timestamp) is var byTime and not 0 ? byTime : Order.CompareTo(other.Order);
}
