using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Kindred.Portal.Sessions;

/// <summary>
/// A page of an organisation, or of one of its projects. It loads when its address changes, says what was refused in place of failing, and
/// stops what it began when it is left.
/// </summary>
public abstract partial class TenantPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private (string, string?) _loaded;

    [Inject] protected TenantSession Session { get; set; } = default!;
    [Inject] protected NavigationManager Navigation { get; set; } = default!;
    [Inject] private ILoggerFactory Loggers { get; set; } = default!;

    /// <summary>The organisation's tenant, 12 digits, from the address.</summary>
    [Parameter] public string Account { get; set; } = "";
    /// <summary>The project, that is its dataset group, from the address; null on pages of the organisation.</summary>
    [Parameter] public string? Project { get; set; }

    /// <summary>What was refused last, for people; null when nothing was.</summary>
    protected string? Refusal { get; set; }
    /// <summary>Until the first load has ended, well or not.</summary>
    protected bool IsLoading { get; private set; } = true;
    /// <summary>Set when the page is left.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    protected Arn ProjectArn => Arn.DatasetGroup(Session.Region, Account, Project ?? "");
    protected string Link(string page = "") => Links.To(Account, Project, page);

    /// <summary>Fetches what the page shows. It runs again when account or project change.</summary>
    protected abstract Task LoadAsync();

    protected Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request)
        where TRequest : class
        where TResponse : class =>
        Session.CallAsync<TRequest, TResponse>(Account, request, Leaving);

    protected Task CallAsync<TRequest>(TRequest request) where TRequest : class => Session.CallAsync(Account, request, Leaving);

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == (Account, Project)) return;
        _loaded = (Account, Project);
        IsLoading = true;
        await TryAsync(LoadAsync);
        IsLoading = false;
    }

    /// <summary>Does something that may be refused; a refusal becomes the page's message.</summary>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> TryAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Refusal = null;
        try
        {
            await work();
            return true;
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailure(Loggers.CreateLogger(GetType()), failure);
            Refusal = "Something went wrong here, not with what you did. Try again; the server's log has the details.";
        }
        return false;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _leaving.IsCancellationRequested) return;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page of the portal failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
