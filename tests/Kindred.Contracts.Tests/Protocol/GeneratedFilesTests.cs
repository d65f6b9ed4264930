using System.Runtime.CompilerServices;
using Kindred.ContractGenerator;

namespace Kindred.Contracts.Tests.Protocol;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void CheckedInFiles_AreWhatTheGeneratorMakesOfTheContract()
    {
        var folder = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "..", "src", "Kindred.Contracts", "Protocol"));
        var expected = GeneratedFiles.From(Contract.Load(Path.Combine(folder, "contract.json"))).ToDictionary(f => f.FileName, f => f.Text);

        var actual = Directory.EnumerateFiles(Path.Combine(folder, "Generated")).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, actual[file.Key].ReplaceLineEndings("\n")));
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
