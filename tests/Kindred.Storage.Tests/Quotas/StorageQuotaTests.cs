using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Storage.Quotas;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Storage.Tests.Quotas;

public sealed class StorageQuotaTests : IDisposable
{
    private const string Mine = "111111111111", Theirs = "222222222222";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Require_MoreThanATenantMayStore_IsRefused_AndAnotherTenantIsNot()
    {
        Write($"buckets/{Mine}/b/x", 60);
        Write($"models/{Mine}/solution/m", 30);
        var quota = Quota(100);

        Assert.Equal(10, quota.Require(Mine, 9));
        Assert.Equal(RefusalCode.LimitExceeded, Refused(() => quota.Require(Mine, 10)));
        Assert.Equal(100, quota.Require(Theirs, 50));
        File.Delete(_folder.At($"models/{Mine}/solution/m"));

        Assert.Equal(40, quota.Require(Mine, 10));
    }

    [Fact]
    public void Require_OfATenantWithAQuotaOfItsOwn_GoesByThat()
    {
        Write($"buckets/{Mine}/b/x", 60);
        Write($"buckets/{Theirs}/b/x", 60);
        var options = new StorageOptions { DataPath = _folder.Path, BytesPerTenant = 100, KeptFreeBytes = 0 };
        var standings = new OneTenant(Mine, new TenantQuotas { StoredBytes = 50 });
        var quota = new StorageQuota(options, _clock, standings);

        Assert.Equal(40, quota.Require(Theirs, 1));
        Assert.Equal(RefusalCode.LimitExceeded, Refused(() => quota.Require(Mine, 1)));
        Assert.Equal(RefusalCode.LimitExceeded, Refused(() => quota.Check(Mine)));
        standings.Quotas = new TenantQuotas { StoredBytes = 500 };

        Assert.Equal(440, quota.Require(Mine, 1)); // at once
    }

    [Fact]
    public void Check_GoesByWhatWasCountedLast()
    {
        var quota = Quota(100);
        quota.Require(Mine, 0);
        Write($"events/{Mine}/group/log", 200);
        quota.Check(Mine);

        Assert.Equal(RefusalCode.LimitExceeded, Refused(() => quota.Require(Mine, 0)));

        Assert.Equal(RefusalCode.LimitExceeded, Refused(() => quota.Check(Mine)));
    }

    [Fact]
    public void Require_OnADiskThatIsNearlyFull_SaysSo()
    {
        var quota = new StorageQuota(new StorageOptions { DataPath = _folder.Path, KeptFreeBytes = long.MaxValue }, _clock);

        Assert.Equal(RefusalCode.ServiceUnavailable, Refused(() => quota.Require(Mine, 1)));
        Assert.Equal(RefusalCode.ServiceUnavailable, Refused(() => quota.Check(Mine)));
    }

    [Fact]
    public void IsFull_IsTold_HoweverDeepItLies()
    {
        Assert.True(DiskFaults.IsFull(new InvalidOperationException("outer", new IOException("No space left on device", 28))));
        Assert.True(DiskFaults.IsFull(new SqliteException("full", 13)));
        Assert.False(DiskFaults.IsFull(new IOException("gone", 2)));
    }

    private StorageQuota Quota(long bytes) => new(new StorageOptions { DataPath = _folder.Path, BytesPerTenant = bytes, KeptFreeBytes = 0 }, _clock);

    private void Write(string path, int bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(path))!);
        File.WriteAllBytes(_folder.At(path), new byte[bytes]);
    }

    private static RefusalCode Refused(Action action) => Assert.Throws<RefusedException>(action).Code;

    private sealed class OneTenant(string account, TenantQuotas quotas) : ITenantStandings
    {
        public TenantQuotas Quotas { get; set; } = quotas;
        public ValueTask RequireActiveAsync(string account) => default;
        public TenantQuotas QuotasOf(string asked) => asked == account ? Quotas : TenantQuotas.None;

        public void TakeRequest(string account)
        {
        }
    }
}
