using System.Globalization;
using Kindred.Contracts.Tenants;

namespace Kindred.Portal.Components.Pages.Operator;

/// <summary>A tenant's quotas as an operator fills them in; what is left empty is as every tenant has it.</summary>
internal sealed class QuotasDraft
{
    private const double Gibibyte = 1L << 30;

    public string StoredGib { get; set; } = "";
    public string Keys { get; set; } = "";
    public string Projects { get; set; } = "";
    public string Campaigns { get; set; } = "";
    public string Imports { get; set; } = "";
    public string Trainings { get; set; } = "";
    public string Requests { get; set; } = "";
    public string Recommenders { get; set; } = "";
    public string Batches { get; set; } = "";
    public string Segments { get; set; } = "";
    public string Exports { get; set; } = "";
    public string Deletions { get; set; } = "";

    public static QuotasDraft Of(TenantQuotas? quotas) => new()
    {
        StoredGib = quotas?.StoredBytes is { } bytes ? (bytes / Gibibyte).ToString("0.###", CultureInfo.InvariantCulture) : "",
        Keys = Text(quotas?.AccessKeys), Projects = Text(quotas?.DatasetGroups), Campaigns = Text(quotas?.CampaignsPerDatasetGroup),
        Imports = Text(quotas?.UnfinishedImportJobs), Trainings = Text(quotas?.UnfinishedSolutionVersions), Requests = Text(quotas?.RequestsPerSecond),
        Recommenders = Text(quotas?.RecommendersPerDatasetGroup), Batches = Text(quotas?.UnfinishedBatchInferenceJobs),
        Segments = Text(quotas?.UnfinishedBatchSegmentJobs), Exports = Text(quotas?.UnfinishedExportJobs),
        Deletions = Text(quotas?.UnfinishedDeletionJobsPerGroup),
    };

    /// <returns>The quotas; or null, with what is wrong by the name of the field.</returns>
    public TenantQuotas? Read(out IReadOnlyDictionary<string, string> faults)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        faults = found;
        long? stored = null;
        if (StoredGib.Trim().Length > 0)
        {
            if (double.TryParse(StoredGib, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out var gib) && gib < 1e6) stored = (long)(gib * Gibibyte);
            else found["stored"] = $"'{StoredGib.Trim()}' is no number of GiB, such as 20 or 0.5.";
        }
        var quotas = new TenantQuotas
        {
            StoredBytes = stored, AccessKeys = Number(Keys, "keys", 0), DatasetGroups = Number(Projects, "projects", 0),
            CampaignsPerDatasetGroup = Number(Campaigns, "campaigns", 0), UnfinishedImportJobs = Number(Imports, "imports", 0),
            UnfinishedSolutionVersions = Number(Trainings, "trainings", 0), RequestsPerSecond = Number(Requests, "requests", 1),
            RecommendersPerDatasetGroup = Number(Recommenders, "recommenders", 0), UnfinishedBatchInferenceJobs = Number(Batches, "batches", 0),
            UnfinishedBatchSegmentJobs = Number(Segments, "segments", 0), UnfinishedExportJobs = Number(Exports, "exports", 0),
            UnfinishedDeletionJobsPerGroup = Number(Deletions, "deletions", 0),
        };
        return found.Count == 0 ? quotas : null;

        int? Number(string text, string field, int least)
        {
            if (text.Trim().Length == 0) return null;
            if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
                && number >= least) return number;
            found[field] = $"'{text.Trim()}' is no whole number from {least}.";
            return null;
        }
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
