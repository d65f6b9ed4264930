namespace Kindred.Portal.Sessions;

/// <summary>A page that asks again once a second while something runs, so that nobody has to load it again.</summary>
public abstract class LivePage : TenantPage
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

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
        using var timer = new PeriodicTimer(Often);
        try
        {
            while (await timer.WaitForNextTickAsync(Leaving))
            {
                if (!IsLive || IsLoading) continue;
                await InvokeAsync(async () =>
                {
                    await TryAsync(RefreshAsync);
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
