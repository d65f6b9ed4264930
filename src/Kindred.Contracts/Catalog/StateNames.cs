namespace Kindred.Contracts.Catalog;

/// <summary>Full state names, <c>{grain type}/state</c>: the names under which resources are stored and listed. Never renamed.</summary>
public static class StateNames
{
    public const string Tenant = "tenant/state";
    public const string AccessKey = "access-key/state";
    public const string Schema = "schema/state";
    public const string DatasetGroup = "dataset-group/state";
    public const string Dataset = "dataset/state";
    public const string DatasetImportJob = "dataset-import-job/state";
    public const string Solution = "solution/state";
    public const string SolutionVersion = "solution-version/state";
    public const string Campaign = "campaign/state";
    public const string EventTracker = "event-tracker/state";
    public const string Job = "job/state";
}
