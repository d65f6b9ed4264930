using Kindred.Contracts.Protocol;
using Kindred.Testing;

namespace Kindred.Operations.Tests;

/// <summary>docs/compatibility.md speaks of every operation of the contract, and promises none that has no handler.</summary>
public sealed class CompatibilityPageTests
{
    private static readonly string[] Words = ["same", "differs", "beyond", "not built"];

    [Fact]
    public void Page_HasARowForEachOperation_AndPromisesNoneThatIsNotBuilt()
    {
        var table = new OperationTable();
        foreach (var add in Handlers.All) add(table);
        var rows = File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "compatibility.md"))
            .SkipWhile(line => line != "## Operations").TakeWhile(line => line != "## Protocol")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();

        Assert.Equal(ContractOperations.All.Select(operation => operation.Name).Order(), rows.Select(row => row[1]).Order());
        Assert.All(rows, row => Assert.Contains(row[2], Words));
        Assert.DoesNotContain(rows, row => row[2] is not "not built" && table.Find(row[1]) is null);
    }
}
