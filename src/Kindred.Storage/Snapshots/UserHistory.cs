namespace Kindred.Storage.Snapshots;

/// <summary>Every user's newest interactions, in one immutable mapped file. Safe for many threads.</summary>
public sealed class UserHistory : IDisposable
{
    /// <summary>Events that are kept per user unless the caller says otherwise.</summary>
    public const int DefaultMaxEventsPerUser = 500;

    /// <summary>The items that histories name; index = item code.</summary>
    public IReadOnlyList<string> ItemIds => throw new NotSupportedException();
    /// <summary>The event types that histories name; index = event-type code.</summary>
    public IReadOnlyList<string> EventTypes => throw new NotSupportedException();
    public int UserCount => throw new NotSupportedException();

    /// <summary>Builds the file from segments; it appears complete and synced, or not at all.</summary>
    /// <param name="segmentPaths">Absolute paths, oldest first.</param>
    /// <param name="maxEventsPerUser">The newest events that are kept per user.</param>
    public static void Build(string path, IEnumerable<string> segmentPaths, CancellationToken cancellationToken, int maxEventsPerUser = DefaultMaxEventsPerUser) => throw new NotSupportedException();

    /// <exception cref="InvalidDataException">The file is no user history of a version that this build reads, or is damaged.</exception>
    public static UserHistory Open(string path) => throw new NotSupportedException();

    /// <summary>Finds a user, or an anonymous session by its session id.</summary>
    public bool TryGet(ReadOnlySpan<char> userId, out UserEvents events) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
