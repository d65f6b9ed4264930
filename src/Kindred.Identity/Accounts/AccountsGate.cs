namespace Kindred.Identity.Accounts;

/// <summary>
/// Opens once the database of the accounts is there in this release's form, which is a moment after the server listens: building its model
/// takes longer than everything else at a start, and the API needs none of it.
/// </summary>
public sealed class AccountsGate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen => _opened.Task.IsCompletedSuccessfully;

    /// <summary>Why it is not open yet, for people who wait; null while nothing has gone wrong.</summary>
    public string? Fault { get; private set; }

    public Task WaitAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);

    internal void Open() => _opened.TrySetResult();

    internal void Report(string fault) => Fault = fault;
}
