namespace Kindred.Grains.Tests.Stored;

/// <summary>Alias of a record and the Ids of its members, of everything that grains have stored or sent.</summary>
internal static class StoredMembers
{
    public static IReadOnlyList<string> Lines { get; } = """
        Kindred.AccessKeyDescription 0 1
        Kindred.AccessKeyState 0 1 2 3 4 5 6
        Kindred.Arn 0 1 2 3
        Kindred.Caller 0 1 2
        Kindred.CampaignServing 0 1 2 3 4 5 6 7
        Kindred.CampaignState 0 1 2 3 4
        Kindred.CompactionPublication 0 1 2 3 4
        Kindred.CompactionResult 0
        Kindred.DatasetData 0 1 2 3 4 5 6 7
        Kindred.DatasetGroupState 0 1
        Kindred.DatasetImportJobState 0 1 2 3 4
        Kindred.DatasetState 0 1 2 3
        Kindred.DeployResult 0
        Kindred.EventTrackerState 0 1
        Kindred.GroupData 0 1
        Kindred.ImportPublication 0 1 2 3 4 5 6 7
        Kindred.ImportResult 0 1
        Kindred.JobDescription 0 1 2 3 4 5
        Kindred.JobState 0 1 2 3 4 5
        Kindred.RefusedException 0
        Kindred.ResourceOrigin 0 1
        Kindred.SchemaState 0 1
        Kindred.SegmentReference 0 1 2 3
        Kindred.SolutionState 0 1
        Kindred.SolutionVersionState 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
        Kindred.TenantState 0 1 2
        Kindred.TrainingResult 0 1 2 3 4 5 6 7 8 9 10 11
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
