namespace Kindred.Grains.Tests.Stored;

/// <summary>Alias of a record and the Ids of its members, of everything that grains have stored or sent.</summary>
internal static class StoredMembers
{
    public static IReadOnlyList<string> Lines { get; } = """
        Kindred.AccessKeyDescription 0 1
        Kindred.AccessKeyState 0 1 2 3 4 5 6 7 8 9 10
        Kindred.Arn 0 1 2 3
        Kindred.AttributedMetric 0 1 2
        Kindred.AttributionRecord 0 1 2 3 4 5 6 7 8 9
        Kindred.BatchInferenceJobState 0 1 2 3 4 5
        Kindred.BatchJobRecord 0 1 2 3 4 5 6 7 8 9 10 11 12 13
        Kindred.BatchSegmentJobState 0 1 2 3
        Kindred.Caller 0 1 2
        Kindred.CampaignRecord 0 1 2 3 4 5 6 7 8 9
        Kindred.CampaignServing 0 1 2 3 4 5 6 7 8
        Kindred.CampaignState 0 1 2 3 4
        Kindred.CampaignUpdateRecord 0 1 2 3 4 5 6
        Kindred.CompactionPublication 0 1 2 3 4
        Kindred.CompactionResult 0
        Kindred.CurvePoint 0 1 2 3
        Kindred.DataDeletionJobState 0 1 2 3
        Kindred.DatasetData 0 1 2 3 4 5 6 7 8
        Kindred.DatasetDeletion 0 1 2 3 4
        Kindred.DatasetExportJobState 0 1 2
        Kindred.DatasetGroupRecord 0 1 2 3 4 5 6 7
        Kindred.DatasetGroupState 0 1 2 3
        Kindred.DatasetImportJobState 0 1 2 3 4
        Kindred.DatasetRecord 0 1 2 3 4 5 6 7 8 9
        Kindred.DatasetState 0 1 2 3 4
        Kindred.DatasetUpdateRecord 0 1 2 3
        Kindred.DeletionCleanedResult
        Kindred.DeletionJobRecord 0 1 2 3 4 5 6 7 8
        Kindred.DeletionPublication 0 1
        Kindred.DeletionReceipt 0 1 2 3 4 5
        Kindred.DeletionResult 0 1 2 3
        Kindred.DeployResult 0
        Kindred.DeployTarget 0 1 2
        Kindred.EventTrackerRecord 0 1 2 3 4 5 6 7
        Kindred.EventTrackerState 0 1 2
        Kindred.ExportJobRecord 0 1 2 3 4 5 6 7 8 9
        Kindred.FilterRecord 0 1 2 3 4 5 6
        Kindred.FilterState 0 1 2
        Kindred.GroupData 0 1 2 3
        Kindred.ImportJobRecord 0 1 2 3 4 5 6 7 8 9 10
        Kindred.ImportPublication 0 1 2 3 4 5 6 7
        Kindred.ImportResult 0 1
        Kindred.ImportSource 0
        Kindred.IssueAccessKey 0 1
        Kindred.JobDescription 0 1 2 3 4 5 6
        Kindred.JobState 0 1 2 3 4 5 6 7
        Kindred.KeyRights 0 1
        Kindred.MetricAttributionState 0 1
        Kindred.MetricInterval 0 1
        Kindred.ObjectLocation 0 1
        Kindred.RecommenderModel 0 1 2
        Kindred.RecommenderRecord 0 1 2 3 4 5 6 7 8 9
        Kindred.RecommenderServing 0 1 2 3 4 5 6
        Kindred.RecommenderState 0 1 2 3 4 5
        Kindred.RecommenderUpdateRecord 0 1 2 3 4
        Kindred.RefusedException 0
        Kindred.ResourceOrigin 0 1
        Kindred.RevokeAccessKey 0 1
        Kindred.SchemaRecord 0 1 2 3 4 5
        Kindred.SchemaState 0 1
        Kindred.SegmentReference 0 1 2 3 4
        Kindred.SolutionRecord 0 1 2 3 4 5 6 7 8 9 10 11 12 13
        Kindred.SolutionState 0 1
        Kindred.SolutionUpdateRecord 0 1 2 3 4 5
        Kindred.SolutionVersionRecord 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17
        Kindred.SolutionVersionState 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21
        Kindred.TenantQuotas 0 1 2 3 4 5 6 7 8 9 10 11
        Kindred.TenantState 0 1 2 3 4 5
        Kindred.TrainingResult 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
        Kindred.TunedParameters 0
        Kindred.UpdateAccessKey 0 1 2 3
        Kindred.WorkResult 0 1 2
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
