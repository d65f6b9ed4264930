using System.Text;
using Kindred.Lab.Files;

namespace Kindred.Lab.Tests.Files;

public sealed class FieldTextTests
{
    [Theory]
    [InlineData("1600000000", 1_600_000_000_000_000)]
    [InlineData("1600000000.25", 1_600_000_000_250_000)]
    [InlineData("1.6e9", 1_600_000_000_000_000)]
    [InlineData("1600000000123", 1_600_000_000_123_000)]
    [InlineData("1600000000123456", 1_600_000_000_123_456)]
    [InlineData("1600000000123456789", 1_600_000_000_123_456)]
    [InlineData("-1.5", -1_500_000)]
    [InlineData("0", 0)]
    public void TryTime_SecondsAndFinerUnits_AreMicroseconds(string text, long expected)
    {
        Assert.True(FieldText.TryTime(Encoding.UTF8.GetBytes(text), out var microseconds));
        Assert.Equal(expected, microseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("2024-01-01")]
    [InlineData("12x")]
    [InlineData("99999999999999999999999999999999")]
    public void TryTime_AnythingElse_IsRefused(string text) => Assert.False(FieldText.TryTime(Encoding.UTF8.GetBytes(text), out _));
}
