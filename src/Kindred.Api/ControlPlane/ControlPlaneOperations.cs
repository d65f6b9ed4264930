using Kindred.Api.Operations;

namespace Kindred.Api.ControlPlane;

/// <summary>Every operation on the tenant's resources that this deployment implements.</summary>
internal static class ControlPlaneOperations
{
    public static void AddControlPlane(this OperationTable table)
    {
        table.AddSchemaOperations();
        table.AddDatasetGroupOperations();
        table.AddDatasetOperations();
        table.AddDatasetImportJobOperations();
        table.AddSolutionOperations();
        table.AddSolutionVersionOperations();
        table.AddCampaignOperations();
        table.AddEventTrackerOperations();
        table.AddRecipeOperations();
        table.AddTagOperations();
    }
}
