namespace Kindred.Testing;

/// <summary>For what has no signal to await: asks until the answer is yes.</summary>
public static class Eventually
{
    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await condition()) await Task.Delay(10, patience.Token);
    }
}
