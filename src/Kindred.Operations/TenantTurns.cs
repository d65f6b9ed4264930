using Kindred.Contracts.Refusals;

namespace Kindred.Operations;

/// <summary>
/// How many requests compute at a time, and whose is next: tenants take turns, so a thousand requests of one stand behind each other and
/// not before another's one.
/// </summary>
/// <param name="places">How many compute at a time; more would only make each other slower.</param>
/// <param name="mostWaiting">How many of one tenant wait; further ones are refused.</param>
internal sealed class TenantTurns(int places, int mostWaiting)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new(); // accounts that wait, each once
    private int _computing;

    /// <summary>Waits for a place, which whoever gets it has to <see cref="Leave"/>.</summary>
    /// <exception cref="RefusedException">ServiceUnavailable: too many of the tenant's requests wait already.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public ValueTask EnterAsync(string account, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_computing < places)
            {
                _computing++;
                return default;
            }
            turn = Queue(account);
        }
        return new ValueTask(WaitAsync(turn, cancellationToken));
    }

    /// <summary>Gives the place to whoever is next.</summary>
    public void Leave()
    {
        while (true)
        {
            TaskCompletionSource? next;
            lock (_gate)
            {
                next = Next();
                if (next is null)
                {
                    _computing--;
                    return;
                }
            }
            if (next.TrySetResult()) return; // one that gave up meanwhile does not take it
        }
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(static turn => ((TaskCompletionSource)turn!).TrySetCanceled(), turn);
        await turn.Task;
    }

    private TaskCompletionSource Queue(string account)
    {
        if (!_waiting.TryGetValue(account, out var own))
        {
            _waiting[account] = own = new Queue<TaskCompletionSource>();
            _order.Enqueue(account);
        }
        else if (own.Count >= mostWaiting)
        {
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                $"{own.Count} requests of account {account} wait for their turn already; send them more slowly.");
        }
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        own.Enqueue(turn);
        return turn;
    }

    private TaskCompletionSource? Next()
    {
        if (!_order.TryDequeue(out var account)) return null;
        var own = _waiting[account];
        var next = own.Dequeue();
        if (own.Count > 0) _order.Enqueue(account);
        else _waiting.Remove(account);
        return next;
    }
}
