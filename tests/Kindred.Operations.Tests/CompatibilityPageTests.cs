using Kindred.Contracts.Protocol;
using Kindred.Testing;

namespace Kindred.Operations.Tests;

/// <summary>Every operation of the contract has a handler, and a row in docs/compatibility.md.</summary>
public sealed class CompatibilityPageTests
{
    private static readonly string[] Words = ["same", "differs", "beyond"];

    [Fact]
    public void Operations_OfTheContract_HaveAHandlerAndARowEach()
    {
        var table = new OperationTable();
        foreach (var add in Handlers.All) add(table);
        var rows = File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "compatibility.md"))
            .SkipWhile(line => line != "## Operations").TakeWhile(line => line != "## Protocol")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();

        Assert.Equal(ContractOperations.All.Select(operation => operation.Name).Order(), rows.Select(row => row[1]).Order());
        Assert.All(rows, row => Assert.Contains(row[2], Words));
        Assert.Empty(ContractOperations.All.Where(operation => table.Find(operation.Name) is null).Select(operation => operation.Name));
    }
}
