using System.Net;
using Kindred.Api.Limits;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Tests.Limits;

public sealed class LimitTests
{
    private const string Mine = "111111111111", Theirs = "222222222222";

    [Fact]
    public void BodyMemory_OfOneTenant_IsTheirShareAndNobodyElses()
    {
        var memory = new BodyMemory(new DoorLimits { BodyMemoryBytes = 100, BodyMemoryBytesPerTenant = 60 });

        memory.Take(Mine, 60);
        Assert.Equal(ApiError.Throttling, Refused(() => memory.Take(Mine, 1)));
        memory.Take(Theirs, 40);
        Assert.Equal(ApiError.ServiceUnavailable, Refused(() => memory.Take(Theirs, 10)));

        memory.Add(Mine, -60);
        memory.Take(Theirs, 10);
    }

    [Fact]
    public void RequestRates_CountATenantsControlPlane_AndAKeysDataPlaneWhereItIsAskedFor()
    {
        using var rates = new RequestRates(new DoorLimits { ControlRequestsPerSecond = 1, ControlRequestBurst = 2, RequestsPerSecondPerKey = 1 });
        var (list, recommend) = (ContractOperations.Find("ListSchemas")!, ContractOperations.Find("GetRecommendations")!);
        var (one, other) = (Key(Mine, "a"), Key(Mine, "b"));

        rates.Take(new DefaultHttpContext(), one, list);
        rates.Take(new DefaultHttpContext(), other, list);
        var http = new DefaultHttpContext();
        Assert.Equal(ApiError.Throttling, Refused(() => rates.Take(http, one, list)));
        Assert.Equal("1", http.Response.Headers.RetryAfter);
        rates.Take(new DefaultHttpContext(), Key(Theirs, "c"), list);

        for (var i = 0; i < 2; i++) rates.Take(new DefaultHttpContext(), one, recommend);
        Assert.Equal(ApiError.Throttling, Refused(() => rates.Take(new DefaultHttpContext(), one, recommend)));
        rates.Take(new DefaultHttpContext(), other, recommend);
    }

    [Fact]
    public void RequestRates_AKeyThatIsRefusedOverAndOver_HasToWait_AndOthersDoNot()
    {
        using var rates = new RequestRates(new DoorLimits { RefusalsPerSecondPerKey = 1 });
        var recommend = ContractOperations.Find("GetRecommendations")!;
        var (wrong, right) = (Key(Mine, "a"), Key(Mine, "b"));

        for (var i = 0; i < 10; i++)
        {
            rates.Take(new DefaultHttpContext(), wrong, recommend);
            rates.NoteRefused(wrong, recommend);
        }

        Assert.Equal(ApiError.Throttling, Refused(() => rates.Take(new DefaultHttpContext(), wrong, recommend)));
        rates.Take(new DefaultHttpContext(), right, recommend);
        rates.Take(new DefaultHttpContext(), wrong, ContractOperations.Find("ListSchemas")!);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::")]
    public void ClientNetwork_OfAnAddress_IsWhatOneClientHas(string address, string network) =>
        Assert.Equal(IPAddress.Parse(network), ClientNetwork.Of(IPAddress.Parse(address)));

    private static Principal Key(string account, string id) => Principal.OfAccessKey(account, id, AccessScopes.All);

    private static ApiError Refused(Action action) => Assert.Throws<ApiException>(action).Error;
}
