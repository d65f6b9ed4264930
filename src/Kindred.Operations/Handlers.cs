using Kindred.Operations.ControlPlane;
using Kindred.Operations.DataPlane;

namespace Kindred.Operations;

/// <summary>Every operation that this deployment implements.</summary>
internal static class Handlers
{
    public static OperationTable CreateTable()
    {
        var table = new OperationTable();
        table.AddControlPlaneHandlers();
        table.AddDataPlaneHandlers();
        return table;
    }
}
