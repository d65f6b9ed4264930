using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Batches;

/// <summary>Where jobs may read and write, beyond the contract's shapes.</summary>
internal static class OutputRules
{
    /// <summary>Files of the server can be read where the operator allowed it; written are objects of buckets alone.</summary>
    public static void CheckOutput(string path, Faults faults)
    {
        if (!path.StartsWith("s3://", StringComparison.Ordinal))
        {
            faults.Add($"Invalid Data location. The output '{path}' is not of the form s3://bucket/folder/.");
            return;
        }
        faults.Hear(() => ObjectStore.CheckFolder(path));
    }

    public static void CheckInput(string path, string output, Faults faults)
    {
        faults.Require(path.StartsWith("s3://", StringComparison.Ordinal) || path.StartsWith("file://", StringComparison.Ordinal),
            $"Invalid Data location. The input '{path}' is not of the form s3://bucket/key or s3://bucket/folder/.");
        faults.Require(!ObjectStore.IsSame(path, output),
            $"The input and the output are both '{path}'; the output must be another location.");
    }
}
