namespace Kindred.Serving.Tests.World;

/// <summary>Waits for what happens in the background, where nothing signals its end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition()) await Task.Delay(5, patience.Token);
    }
}
