using Kindred.Contracts.Access;
using Kindred.Testing;

namespace Kindred.Grains.Tests.World;

/// <summary>One silo for many tests; each test takes a tenant of its own.</summary>
public sealed class SiloFixture : IAsyncLifetime
{
    public const string Region = "us-east-1";

    private static int _tenants;
    private readonly TemporaryFolder _data = new();
    private TestSilo? _silo;

    internal TestSilo Silo => _silo!;
    public string DataPath => _data.Path;

    /// <summary>Nobody else's account.</summary>
    public static Caller NewTenant() => new($"{100_000_000_000 + Interlocked.Increment(ref _tenants)}", Region, InvocationId: null);

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        _data.Dispose();
    }
}

[CollectionDefinition("silo")]
public sealed class SiloCollection : ICollectionFixture<SiloFixture>;
