namespace Kindred.Storage.Segments;

/// <summary>Reads segments of an Interactions dataset.</summary>
public static class InteractionSegments
{
    /// <summary>Visits every interaction of known users, batch by batch.</summary>
    /// <param name="paths">Absolute paths, oldest first.</param>
    /// <param name="includeAnonymous">
    /// Also visit streamed rows whose session was never linked to a user, with the session id in the user's place.
    /// Serving wants them, training does not.
    /// </param>
    /// <exception cref="InvalidDataException">A file is no segment, or is damaged.</exception>
    public static void Read(IEnumerable<string> paths, InteractionVisitor visit, CancellationToken cancellationToken, bool includeAnonymous = false) => throw new NotSupportedException();
}
