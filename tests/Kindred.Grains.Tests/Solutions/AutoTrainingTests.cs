using Kindred.Contracts.Catalog;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Tests.World;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Kindred.Grains.Tests.Solutions;

public sealed class AutoTrainingTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Reminder_OfASolutionNobodyTrained_TrainsItOnceAfterAnHour()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, UseFakeTime);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.Tenant.CreateSolutionAsync(
            new() { Name = "best", DatasetGroupArn = shop.GroupArn, RecipeArn = "arn:aws:personalize:::recipe/aws-popularity-count" }, shop.Caller);

        await RemindAsync(silo, shop);
        var early = await VersionsAsync(silo, shop);
        _clock.Advance(TimeSpan.FromMinutes(61));
        await RemindAsync(silo, shop);
        await Eventually.IsTrueAsync(async () => await VersionsAsync(silo, shop) is [{ Version.Status: ResourceStatus.Active }]);
        await RemindAsync(silo, shop);

        Assert.Empty(early);
        var version = Assert.Single(await VersionsAsync(silo, shop));
        Assert.Equal("AUTOMATIC", version.Version.TrainingType);
    }

    // The solution asks its tenant one way; the tenant's next answer comes after that.
    private static async Task RemindAsync(TestSilo silo, Shop shop)
    {
        await silo.Grains.GetGrain<IRemindable>(GrainId.Create("solution", shop.SolutionArn)).ReceiveReminder("train", default);
        await shop.Tenant.CreateAsync(null);
    }

    private static async Task<List<SolutionVersionState>> VersionsAsync(TestSilo silo, Shop shop) =>
        [.. (await silo.Catalog.ScanAsync<SolutionVersionState>(SolutionVersionState.Kind.StateName, $"{shop.SolutionArn}/", null, 10, default)).Select(entry => entry.State)];

    // Our clock only: the silo's own timers keep real time.
    private void UseFakeTime(IServiceCollection services)
    {
        services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        services.AddSingleton<TimeProvider>(_clock);
    }
}
