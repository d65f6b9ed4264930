namespace Kindred.Operations.ControlPlane;

/// <summary>Every operation on the tenant's resources that this deployment implements.</summary>
internal static class ControlPlaneHandlers
{
    public static void AddControlPlaneHandlers(this OperationTable table)
    {
        table.AddSchemaHandlers();
        table.AddDatasetGroupHandlers();
        table.AddDatasetHandlers();
        table.AddDatasetImportJobHandlers();
        table.AddSolutionHandlers();
        table.AddSolutionVersionHandlers();
        table.AddCampaignHandlers();
        table.AddEventTrackerHandlers();
        table.AddRecipeHandlers();
        table.AddTagHandlers();
    }
}
