using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Tests.Interactions;

public class DataSpanTests
{
    private const long Hour = 3600;

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(400)]
    public void EndOf_EvenTimes_IsTheLatest(int users) =>
        Assert.Equal((users - 1) * 60L, DataSpan.EndOf([.. Enumerable.Range(0, users).Select(user => user * 60L)]));

    [Fact]
    public void EndOf_OneTime_IsThat() => Assert.Equal(7, DataSpan.EndOf([.. Enumerable.Repeat(7L, 100)]));

    [Theory]
    [InlineData(3 * Hour)]
    [InlineData(23 * Hour)]
    [InlineData(23 * Hour, 23 * Hour, 23 * Hour, 23 * Hour)]
    [InlineData(2 * Hour, 5 * Hour, 9 * Hour, 14 * Hour, 20 * Hour, 23 * Hour)]
    [InlineData(40 * 24 * Hour)]
    [InlineData(long.MaxValue / 4)]
    public void EndOf_FewAhead_IsTheLastOfTheOthers(params long[] ahead)
    {
        var last = 399 * 60L;
        var lasts = Enumerable.Range(0, 400).Select(user => user * 60L).Concat(ahead.Select(seconds => last + seconds));

        Assert.Equal(last, DataSpan.EndOf([.. lasts]));
        Assert.Equal(-last, DataSpan.StartOf([.. lasts.Select(time => -time)]));
    }

    [Fact]
    public void EndOf_MorningAfterAQuietNight_IsTheMorning()
    {
        var evening = Enumerable.Range(0, 400).Select(user => user * 60L);
        var morning = Enumerable.Range(0, 6).Select(user => 400 * 60 + 8 * Hour + user * 60L);

        Assert.Equal(morning.Last(), DataSpan.EndOf([.. evening, .. morning]));
    }

    [Fact]
    public void EndOf_DatesWithoutHours_IsTheLastDate() =>
        Assert.Equal(29 * 24 * Hour, DataSpan.EndOf([.. Enumerable.Range(0, 3000).Select(user => user % 30 * 24 * Hour)]));
}
