namespace Kindred.Lab.Tests.World;

/// <summary>How a run ended.</summary>
internal sealed record LabResult(int ExitCode, string Output, string Error)
{
    /// <summary>What it said had gone wrong; fails unless that is one line and nothing but progress stands before it.</summary>
    public string Sentence
    {
        get
        {
            var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var said = lines.Where(line => line.StartsWith("kindred-lab: ", StringComparison.Ordinal)).ToList();
            Assert.True(said.Count == 1 && lines[^1] == said[0], Error);
            Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
            Assert.DoesNotContain("defect", said[0], StringComparison.Ordinal);
            return said[0]["kindred-lab: ".Length..];
        }
    }
}
