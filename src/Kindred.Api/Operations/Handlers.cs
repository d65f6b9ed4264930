using Kindred.Api.ControlPlane;
using Kindred.Api.DataPlane;

namespace Kindred.Api.Operations;

/// <summary>Every operation that this deployment implements.</summary>
internal static class Handlers
{
    public static OperationTable CreateTable()
    {
        var table = new OperationTable();
        table.AddControlPlane();
        table.AddDataPlane();
        return table;
    }
}
