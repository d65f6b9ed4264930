using Kindred.Contracts.Arns;

namespace Kindred.Storage.Events;

/// <summary>
/// The log of a dataset group is not where it was made, or is another one. Nothing is taken in or read until it is back: going on
/// with an empty log would give positions a second time, and hide that records are lost.
/// </summary>
public sealed class EventLogMissingException : IOException
{
    public EventLogMissingException() { }
    public EventLogMissingException(string message) : base(message) { }
    public EventLogMissingException(string message, Exception innerException) : base(message, innerException) { }

    internal static EventLogMissingException Absent(Arn group, string folder, Exception? cause = null) => new(
        $"The event log of {group} is not in '{folder}', where it was made together with its dataset group. Put the folder back.", cause!);

    /// <param name="known">A position that records of this group are known to have reached.</param>
    internal static EventLogMissingException Foreign(Arn group, string place, long end, long known) => new(
        $"The event log of {group} in {place} ends at position {end}, but the group's records have reached {known}: "
        + "it is not this group's log, or an older copy of it. Put the right one back.");
}
