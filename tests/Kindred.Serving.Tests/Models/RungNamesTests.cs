using Kindred.Serving.Models;

namespace Kindred.Serving.Tests.Models;

public sealed class RungNamesTests
{
    [Fact]
    public void Of_MoreRungsThanAMetricMayHave_CallsTheRestOther()
    {
        var names = Enumerable.Range(0, 2 * RungNames.Most).Select(days => RungNames.Of($"popularity with a half-life of {days} days")).Distinct().ToList();

        Assert.InRange(names.Count, 2, RungNames.Most + 1);
        Assert.Equal(RungNames.Other, names[^1]);
        Assert.Equal(names[0], RungNames.Of(names[0]));
    }
}
