using Kindred.Contracts.Protocol;
using Kindred.EndToEnd.Tests.Service;

namespace Kindred.EndToEnd.Tests.LifeCycle;

/// <summary>Everything that clients nobody here wrote can ask for.</summary>
[Collection(ClientHostDefinition.Name)]
public sealed class EveryOperationTests(ClientHost host)
{
    [Fact]
    public async Task Sweep_EveryOperation_AnswersAndRefusesAsTheModelHasIt()
    {
        await ClientScript.NeedsJavaScriptAsync();

        var (exitCode, output) = await ClientScript.RunAsync(host.Process, "node", "sweep.mjs");

        var lines = output.Split('\n');
        var failed = lines.Where(line => line.StartsWith("FAILED ", StringComparison.Ordinal)).ToArray();
        Assert.True(failed.Length == 0, $"{string.Join('\n', failed)}\n--- host:\n{host.Process.Output}");
        Assert.True(exitCode == 0, output);
        var all = ContractOperations.All.Select(operation => operation.Name).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(all, Operations("called"));
        Assert.Equal(all, Operations("refused"));

        IEnumerable<string> Operations(string what) =>
            lines.Single(line => line.StartsWith($"{what} ", StringComparison.Ordinal)).Split(' ')[1..].Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Samples_AsTheNotebooksHaveThem_Complete()
    {
        await ClientScript.NeedsBotoAsync();

        await ClientScript.CompletesAsync(host.Process, "python3", "samples.py", host.Buckets);
    }
}
