namespace Kindred.ContractGenerator;

/// <summary>Every generated file, by name. Pure: the same contract gives the same text.</summary>
public static class GeneratedFiles
{
    public static IEnumerable<(string FileName, string Text)> From(Contract contract)
    {
        foreach (var (name, service) in contract.Services)
        {
            yield return ($"{ServiceNames.File(name)}Records.cs", RecordWriter.Write(name, service));
            yield return ($"{ServiceNames.File(name)}Rules.cs", RuleWriter.Write(name, service));
        }

        yield return ("OperationList.cs", OperationWriter.Write(contract));
        yield return ("WireJson.cs", JsonContextWriter.Write(contract));
    }
}
