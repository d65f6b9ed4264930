using Kindred.Api.Operations;

namespace Kindred.Api.DataPlane;

/// <summary>Recommendations and records: the operations that applications call all day.</summary>
internal static class DataPlaneOperations
{
    public static void AddDataPlane(this OperationTable table) => ArgumentNullException.ThrowIfNull(table);
}
