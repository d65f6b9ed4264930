using Kindred.Operations.ControlPlane;
using Kindred.Operations.DataPlane;

namespace Kindred.Operations;

/// <summary>Every operation that this deployment implements.</summary>
internal static class Handlers
{
    public static IReadOnlyList<Action<OperationTable>> All { get; } =
    [
        SchemaHandlers.Add, DatasetGroupHandlers.Add, DatasetHandlers.Add, DatasetImportJobHandlers.Add, SolutionHandlers.Add,
        SolutionVersionHandlers.Add, CampaignHandlers.Add, RecommenderHandlers.Add, EventTrackerHandlers.Add, FilterHandlers.Add, RecipeHandlers.Add,
        TagHandlers.Add, BatchInferenceJobHandlers.Add, BatchSegmentJobHandlers.Add, DatasetExportJobHandlers.Add, DataDeletionJobHandlers.Add, MetricAttributionHandlers.Add,
        DataPlaneHandlers.Add,
    ];

    public static OperationTable CreateTable(IEnumerable<OperationGroup> groups)
    {
        var table = new OperationTable();
        foreach (var group in groups) group.Add(table);
        return table;
    }
}
