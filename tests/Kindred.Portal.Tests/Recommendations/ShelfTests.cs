using Kindred.Portal.Components.Pages.Storefront;

namespace Kindred.Portal.Tests.Recommendations;

public sealed class ShelfTests
{
    [Fact]
    public void Arrange_AfterAClick_SaysWhatMoved()
    {
        var before = Shelf.Arrange([("a", null), ("b", null), ("c", null)], before: null);

        var after = Shelf.Arrange([("c", null), ("b", null), ("d", null), ("a", null)], before);

        Assert.All(before, place => Assert.Null(place.Move));
        Assert.Equal(["up 2", null, "new", "down 3"], after.Select(place => place.Move));
    }
}
