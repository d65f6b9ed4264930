using System.Runtime.Versioning;
using Kindred.Host.Starting;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Host;

/// <summary>What a deployment says, and hides, before it is shown to others.</summary>
public sealed class PublicAddressTests
{
    private static readonly UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task TheDataFolder_IsItsUsersAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Windows keeps access lists.");
        await using var host = await HostProcess.StartAsync();

        var all = new DirectoryInfo(host.DataPath).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Append(new DirectoryInfo(host.DataPath)).ToList();

        Assert.True(all.Count > 5);
        Assert.All(all, entry => Assert.Equal(default, entry.UnixFileMode & Others));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("http://localhost:5080", false)]
    [InlineData("http://[::1]:5080", false)]
    [InlineData("https://0.0.0.0:5080", false)]
    [InlineData("http://0.0.0.0:5080", true)]
    [InlineData("http://[::]:5080", true)]
    [InlineData("http://*:5080", true)]
    [InlineData("http://10.0.0.5:5080", true)]
    public void AnAddress_ThatOthersReachWithoutTls_IsToldFromOthers(string url, bool isOpen) =>
        Assert.Equal(isOpen, ListenAddresses.IsOpenWithoutTls(url));
}
