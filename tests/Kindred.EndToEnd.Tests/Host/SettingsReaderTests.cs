using Kindred.Host.Settings;
using Kindred.Testing;
using Microsoft.Extensions.Configuration;

namespace Kindred.EndToEnd.Tests.Host;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_NothingSet_DefaultsWork()
    {
        var settings = Read([], out var faults);

        Assert.Empty(faults);
        Assert.Equal("us-east-1", settings!.Region);
        Assert.Equal(Path.GetFullPath("data"), settings.Storage.Root);
        Assert.Null(settings.Storage.S3);
    }

    [Fact]
    public void Read_Limits_AreThoseThatAreSet()
    {
        var settings = Read(new() { ["Kindred:Limits:ConnectionsPerAddress"] = "7", ["Kindred:Tenants:AccessKeys"] = "8" }, out var faults);

        Assert.Empty(faults);
        Assert.Equal((7, 10_000, 8), (settings!.Limits.ConnectionsPerAddress, settings.Limits.Connections, settings.Tenants.AccessKeys));
    }

    [Fact]
    public void Read_CachesOfServing_AreOfThatManyMebibytes()
    {
        var settings = Read(new() { ["Kindred:Serving:ScoreCacheMiB"] = "0", ["Kindred:Serving:ModelCacheMiB"] = "3" }, out var faults);

        Assert.Empty(faults);
        Assert.Equal((0, 3 << 20), (settings!.Serving.ScoreCacheBytes, settings.Serving.ModelCacheBytes));
    }

    [Fact]
    public void Read_AFileRootForEachAccount_NeedsOnlyTheFolderAboveThem()
    {
        using var folder = new TemporaryFolder();

        var settings = Read(new() { ["Kindred:Storage:AllowedFileRoots:0"] = $"{folder.Path}/{{account}}/in" }, out var faults);

        Assert.Empty(faults);
        Assert.Equal([$"{folder.Path}/{{account}}/in"], settings!.Storage.AllowedFileRoots);
    }

    [Theory]
    [InlineData("")] // the folder above the data folder
    [InlineData("/data")]
    [InlineData("/data/buckets")]
    [InlineData("/link")] // to the data folder
    public void Read_AFileRootThatOpensTheDataFolder_IsRefused(string root)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("data/buckets"));
        Directory.CreateSymbolicLink(folder.At("link"), folder.At("data"));

        Read(new() { ["Kindred:DataPath"] = folder.At("data"), ["Kindred:Storage:AllowedFileRoots:0"] = folder.Path + root }, out var faults);

        Assert.Contains("expected a folder apart from the data folder", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kindred:Region", "here", "expected a region such as us-east-1")]
    [InlineData("Kindred:Bootstrap:AccountId", "12", "expected 12 digits")]
    [InlineData("Kindred:Jobs:MaxConcurrent", "0", "expected a whole number from 1 to 64")]
    [InlineData("Kindred:Jobs:QuickFirst", "maybe", "expected true or false")]
    [InlineData("Kindred:Portal:PictureOrigins:0", "https://pictures.example/folder", "expected a scheme, a host and maybe a port")]
    [InlineData("Kindred:Portal:PictureOrigins:0", "http://pictures.example", "expected a scheme, a host and maybe a port")]
    [InlineData("Kindred:Jobs:SearchMinutes", "0", "expected a whole number from 1 to 10080")]
    [InlineData("Kindred:Storage:MaxUploadBytes", "10GB", "expected a whole number")]
    [InlineData("Kindred:Storage:AllowedFileRoots:0", "relative/folder", "expected the absolute path")]
    [InlineData("Kindred:Storage:AllowedFileRoots:0", "/no/such/folder/{account}", "expected the absolute path")]
    [InlineData("Kindred:Storage:AllowedFileRoots:0", "/", "expected a folder apart from the data folder")]
    [InlineData("Kindred:Limits:Connections", "many", "expected a whole number")]
    [InlineData("Kindred:Limits:Connection", "1", "is not a setting; those of Kindred:Limits are")]
    [InlineData("Kindred:Tenants:AccessKeys", "0", "expected a whole number from 1")]
    [InlineData("Kindred:Storage:S3:ServiceUrl", "http://127.0.0.1:9000", "go together")]
    [InlineData("Kindred:Bootstrap:AccessKeyId", "AKIAIOSFODNN7EXAMPLE", "go together")]
    [InlineData("Kindred:Import:MaxRefusedPercent", "101", "expected a number from 0 to 100")]
    [InlineData("Kindred:Import:MaxRefusedPercent", "1 %", "expected a number from 0 to 100")]
    [InlineData("Kindred:PublicUrl", "shop.example/personalize", "expected the address that clients use")]
    [InlineData("Kindred:PublicUrl", "https://shop.example/?a=b", "expected the address that clients use")]
    [InlineData("Kindred:TrustedProxies:0", "my-proxy", "expected an address such as 10.0.0.2")]
    [InlineData("Kindred:DataPat", "./data", "is not a setting")]
    [InlineData("urls", "localhost:5080", "expected an address such as http://127.0.0.1:5080")]
    public void Read_OneFault_NamesSettingAndExpectation(string name, string value, string expected)
    {
        var settings = Read(new() { [name] = value }, out var faults);

        Assert.Null(settings);
        Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Proxies_AreAddressesAndNetworks()
    {
        var some = Read(new() { ["Kindred:TrustedProxies:0"] = "10.0.0.2", ["Kindred:TrustedProxies:1"] = "fd00::/8" }, out _)!.Proxies;
        var none = Read(new() { ["Kindred:TrustedProxies"] = "none" }, out _)!.Proxies;

        Assert.Equal(["10.0.0.2/32", "fd00::/8"], some.TrustedProxies.Select(network => network.ToString()));
        Assert.Empty(none.TrustedProxies);
    }

    [Fact]
    public void Read_RefusedPercent_IsAShare() =>
        Assert.Equal(0.005, Read(new() { ["Kindred:Import:MaxRefusedPercent"] = "0.5" }, out _)!.Storage.MaxRefusedShare);

    [Fact]
    public void Read_ManyFaults_AllAreReported()
    {
        Read(new() { ["Kindred:Region"] = "?", ["Kindred:Bootstrap:AccountId"] = "x", ["Kindred:Jobs:MaxConcurrent"] = "-1" }, out var faults);

        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void Read_UnusableSecret_IsNotRepeated()
    {
        Read(
            new()
            {
                ["Kindred:Bootstrap:AccessKeyId"] = "AKIAIOSFODNN7EXAMPLE",
                ["Kindred:Bootstrap:SecretAccessKey"] = "hush hush hush hush",
            },
            out var faults);

        Assert.DoesNotContain("hush", Assert.Single(faults), StringComparison.Ordinal);
    }

    private static KindredSettings? Read(Dictionary<string, string?> values, out IReadOnlyList<string> faults) =>
        SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), out faults);
}
