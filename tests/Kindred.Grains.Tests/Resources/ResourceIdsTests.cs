using Kindred.Contracts.Access;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Tests.Resources;

public sealed class ResourceIdsTests
{
    private static readonly Caller Retrying = new("100000000000", "us-east-1", "call");

    [Fact]
    public void Short_OfOneCall_IsTheSameAndHasEightDigits()
    {
        Assert.Equal(ResourceIds.Short(Retrying, "solution"), ResourceIds.Short(Retrying, "solution"));
        Assert.Matches("^[0-9a-f]{8}$", ResourceIds.Short(Retrying, "solution"));
        Assert.Equal(ResourceIds.Uuid(Retrying, "tracker"), ResourceIds.Uuid(Retrying, "tracker"));
    }

    [Fact]
    public void Short_OfAnythingElse_Differs()
    {
        var ids = new[]
        {
            ResourceIds.Short(Retrying, "solution"), ResourceIds.Short(Retrying, "solution", collisions: 1), ResourceIds.Short(Retrying, "other"),
            ResourceIds.Short(Retrying with { InvocationId = "another" }, "solution"),
            ResourceIds.Short(Retrying with { InvocationId = null }, "solution"),
            ResourceIds.Short(Retrying with { InvocationId = null }, "solution"),
        };

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
