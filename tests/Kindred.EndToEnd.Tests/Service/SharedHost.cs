using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Service;

/// <summary>One host for all tests that leave it as they found it.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public HostProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await HostProcess.StartAsync();

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
