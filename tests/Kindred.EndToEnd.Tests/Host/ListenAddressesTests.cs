using Kindred.Host.Starting;
using Microsoft.Extensions.Configuration;

namespace Kindred.EndToEnd.Tests.Host;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("", "", "http://127.0.0.1:5080/")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "5090", "http://127.0.0.1:5090/")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "5443", "https://127.0.0.1:5443/")]
    [InlineData("ASPNETCORE_URLS", "http://+:6000;http://localhost:6001", "http://127.0.0.1:6000/")]
    [InlineData("urls", "http://[::]:6000", "http://[::1]:6000/")]
    [InlineData("Kestrel:Endpoints:Https:Url", "https://0.0.0.0:5443", "https://127.0.0.1:5443/")]
    public void Of_EveryWayToSayIt_IsCalledOnThisMachine(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name.Length == 0 ? "unrelated" : name, value)]).Build();

        Assert.Equal(expected, ListenAddresses.ToCall(ListenAddresses.Of(configuration)[0]).ToString());
    }
}
