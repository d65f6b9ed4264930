namespace Kindred.Portal.Sessions;

/// <summary>A page that asks again while something runs, so that nobody has to load it again.</summary>
public abstract class LivePage : TenantPage
{
    /// <summary>How often it asks.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <summary>Whether there is something to wait for; asked before every refresh.</summary>
    protected abstract bool IsLive { get; }

    /// <summary>Fetches what may have changed.</summary>
    protected virtual Task RefreshAsync() => LoadAsync();

    /// <remarks>Not in OnInitialized: while prerendering nobody would ever end it.</remarks>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(Leaving))
            {
                if (!IsLive || IsLoading) continue;
                await InvokeAsync(async () =>
                {
                    var said = Refusal;
                    await TryAsync(RefreshAsync);
                    Refusal ??= said; // what somebody's own click was answered stays until their next
                    StateHasChanged();
                });
            }
        }
        catch (Exception left) when (left is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }
}
