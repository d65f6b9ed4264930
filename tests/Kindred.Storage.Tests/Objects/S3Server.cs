using Kindred.Testing.Hosting;

namespace Kindred.Storage.Tests.Objects;

/// <summary>An S3 server with the buckets of these tests, or the reason why there is none.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private S3Process _process = null!;

    public string? Address => _process.Address;
    public string Absence => _process.Absence;

    public async ValueTask InitializeAsync() => _process = await S3Process.StartAsync("shop", "others");

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
