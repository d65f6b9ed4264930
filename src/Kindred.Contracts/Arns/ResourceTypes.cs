namespace Kindred.Contracts.Arns;

/// <summary>The type part of an ARN.</summary>
public static class ResourceTypes
{
    public const string Schema = "schema";
    public const string DatasetGroup = "dataset-group";
    public const string Dataset = "dataset";
    public const string DatasetImportJob = "dataset-import-job";
    public const string DataDeletionJob = "data-deletion-job";
    /// <summary>Both a solution (<c>solution/name</c>) and a solution version (<c>solution/name/id</c>).</summary>
    public const string Solution = "solution";
    public const string Campaign = "campaign";
    public const string BatchInferenceJob = "batch-inference-job";
    public const string BatchSegmentJob = "batch-segment-job";
    public const string DatasetExportJob = "dataset-export-job";
    /// <summary>Both a recommender (<c>recommender/name</c>) and the versions that it trains (<c>recommender/name/id</c>).</summary>
    public const string Recommender = "recommender";
    public const string Filter = "filter";
    public const string MetricAttribution = "metric-attribution";
    public const string EventTracker = "event-tracker";
    public const string Recipe = "recipe";
    public const string Algorithm = "algorithm";
    public const string FeatureTransformation = "feature-transformation";
}
