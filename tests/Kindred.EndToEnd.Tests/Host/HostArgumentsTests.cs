using Kindred.Host.Settings;

namespace Kindred.EndToEnd.Tests.Host;

public sealed class HostArgumentsTests
{
    [Fact]
    public void Parse_Nothing_Serves()
    {
        var arguments = HostArguments.Parse([], out var faults);

        Assert.Empty(faults);
        Assert.False(arguments.Demo);
        Assert.Empty(arguments.Settings);
    }

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:6000")]
    [InlineData("--urls=http://127.0.0.1:6000", null)]
    public void Parse_Urls_BothFormsAreUnderstood(string first, string? second)
    {
        var arguments = HostArguments.Parse(second is null ? [first] : [first, second], out var faults);

        Assert.Empty(faults);
        Assert.Equal("http://127.0.0.1:6000", arguments.Settings["urls"]);
    }

    [Fact]
    public void Parse_ResetPassword_TakesAMailAddress()
    {
        var arguments = HostArguments.Parse(["reset-password", "ada@shop.example", "--urls", "http://127.0.0.1:6000"], out var faults);
        HostArguments.Parse(["reset-password", "--urls", "http://127.0.0.1:6000"], out var without);

        Assert.Empty(faults);
        Assert.Equal(("ada@shop.example", true), (arguments.ResetPassword, arguments.IsBeside));
        Assert.Contains("needs a mail address", Assert.Single(without), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DemoWithSeedAndSetting_KeepsBoth()
    {
        var arguments = HostArguments.Parse(["demo", "--seed", "11", "--Kindred__DataPath=/tmp/x"], out var faults);

        Assert.Empty(faults);
        Assert.True(arguments.Demo);
        Assert.Equal(11, arguments.DemoSeed);
        Assert.Equal("/tmp/x", arguments.Settings["Kindred:DataPath"]);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("--port=80")]
    [InlineData("--urls")]
    [InlineData("--seed=3")]
    public void Parse_NotUnderstood_SaysWhich(string argument)
    {
        HostArguments.Parse([argument], out var faults);

        Assert.Contains(argument.Split('=')[0], Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DemoDataThatIsNoFolder_SaysSo()
    {
        HostArguments.Parse(["demo", "--data", "/no/such/folder"], out var faults);

        Assert.Contains("/no/such/folder", Assert.Single(faults), StringComparison.Ordinal);
    }
}
