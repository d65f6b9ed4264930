using Kindred.Contracts.Batches;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

/// <summary>Locations as clients see them.</summary>
internal static class ObjectLocations
{
    public static S3DataConfig Describe(this ObjectLocation location) => new() { Path = location.Path, KmsKeyArn = location.KmsKeyArn };
}
