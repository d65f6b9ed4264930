namespace Kindred.Contracts.Access;

/// <summary>An entry that lasts until it is disposed: then whatever was entered before is entered again, or nothing.</summary>
/// <remarks>Enter and dispose in one method, with <c>using</c>: the entry belongs to its flow and what that calls and starts.</remarks>
public readonly struct CallerScope : IDisposable
{
    private readonly CallerEntry? _before;

    internal CallerScope(CallerEntry? before) => _before = before;

    public void Dispose() => CallerContext.Restore(_before);
}
