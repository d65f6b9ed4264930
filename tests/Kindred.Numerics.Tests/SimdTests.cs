using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Tests;

/// <summary>
/// The kernels on lesser processors: all tests again in a process that may not use the wide registers.
/// Up to .NET 9 the switch for AVX-512 is called EnableAVX512F, from .NET 10 on EnableAVX512; an unknown one is ignored.
/// </summary>
public class SimdTests
{
    private const string Expected = "KINDRED_EXPECTED_SIMD_WIDTH";

    [Theory]
    [InlineData(nameof(SimdWidth.Vector256), "DOTNET_EnableAVX512", "DOTNET_EnableAVX512F", "DOTNET_EnableAVX10v1")]
    [InlineData(nameof(SimdWidth.Scalar), "DOTNET_EnableHWIntrinsic")]
    public async Task AllTests_OnALesserProcessor_PassToo(string width, params string[] switchedOff)
    {
        if (Environment.GetEnvironmentVariable(Expected) is not null)
            return; // this is the child
        var expected = Enum.Parse<SimdWidth>(width) < Simd.Width ? width : Simd.Width.ToString();
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-noLogo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Expected] = expected;
        foreach (var name in switchedOff)
            start.Environment[name] = "0";

        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, output + await errors);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Width_InThisProcess_IsTheOneAskedFor()
    {
        if (Environment.GetEnvironmentVariable(Expected) is not { } expected)
            return; // nobody asked
        Assert.Equal(expected, Simd.Width.ToString());
        Assert.Equal(expected == nameof(SimdWidth.Vector512), Vector512.IsHardwareAccelerated);
        Assert.Equal(expected != nameof(SimdWidth.Scalar), Vector256.IsHardwareAccelerated);
    }
}
