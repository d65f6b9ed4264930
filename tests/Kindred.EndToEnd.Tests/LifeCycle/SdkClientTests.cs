using Kindred.EndToEnd.Tests.Service;

namespace Kindred.EndToEnd.Tests.LifeCycle;

/// <summary>Runs life cycles of tests/clients.</summary>
[Collection(SharedHostDefinition.Name)]
public sealed class SdkClientTests(SharedHost host)
{
    [Theory, InlineData("lifecycle.mjs"), InlineData("recommenders.mjs"), InlineData("actions.mjs"), InlineData("attribution.mjs")]
    public async Task LifeCycle_JavaScriptSdk_Completes(string script)
    {
        await ClientScript.NeedsJavaScriptAsync();

        await ClientScript.CompletesAsync(host.Process, "node", script);
    }

    [Fact]
    public async Task LifeCycle_Boto3_Completes()
    {
        await ClientScript.NeedsBotoAsync();

        await ClientScript.CompletesAsync(host.Process, "python3", "lifecycle.py");
    }

    [Fact]
    public async Task LifeCycle_CommandLine_Completes()
    {
        await ClientScript.NeedsCommandLineAsync();

        await ClientScript.CompletesAsync(host.Process, "python3", "command_line.py");
    }
}
