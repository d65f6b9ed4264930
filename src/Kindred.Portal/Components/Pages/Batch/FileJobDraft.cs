using System.Globalization;
using Kindred.Contracts.Protocol;

namespace Kindred.Portal.Components.Pages.Batch;

/// <summary>A batch job or an export as its form holds it, and the requests that it becomes.</summary>
internal sealed class FileJobDraft
{
    /// <summary>A role is part of the contract; buckets are the tenant's own and need none.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/not-used";

    public string Name { get; set; } = "";
    /// <summary>ARN of the solution version that answers.</summary>
    public string Version { get; set; } = "";
    public string Input { get; set; } = "";
    /// <summary>Empty for a folder of its own.</summary>
    public string Output { get; set; } = "";
    /// <summary>ARN; empty for none.</summary>
    public string Filter { get; set; } = "";
    /// <summary>Items or users of each line; empty for the usual number.</summary>
    public string Results { get; set; } = "";
    /// <summary>ARN of the dataset that is exported.</summary>
    public string Dataset { get; set; } = "";
    /// <summary><c>ALL</c>, <c>BULK</c> or <c>PUT</c>.</summary>
    public string Rows { get; set; } = "ALL";

    /// <summary>Where a job writes whose form names no folder.</summary>
    public string UsualOutput(string project) => $"s3://outputs/{project}/{(Name.Trim() is { Length: > 0 } name ? name : "name")}/";

    /// <returns>What is wrong with the form, by field; empty when it can be sent. What locations may be, the operation says.</returns>
    public IReadOnlyDictionary<string, string> Faults(bool isExport)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Name.Trim().Length == 0) faults["name"] = "The job needs a name.";
        else if (!char.IsAsciiLetterOrDigit(Name.Trim()[0]) || !Name.Trim().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            faults["name"] = "Letters, digits, - and _, and first a letter or digit.";
        if (isExport && Dataset.Length == 0) faults["dataset"] = "Choose a dataset.";
        if (isExport) return faults;
        if (Version.Length == 0) faults["version"] = "Choose a version.";
        if (Input.Trim().Length == 0) faults["input"] = "Upload a file, or say where one lies.";
        if (Results.Trim().Length > 0 && Number is null) faults["results"] = "A whole number, such as 25.";
        return faults;
    }

    public CreateBatchInferenceJobRequest Recommendations(string project) => new()
    {
        JobName = Name.Trim(), SolutionVersionArn = Version, FilterArn = FilterArn, NumResults = Number, RoleArn = UnusedRole,
        JobInput = new() { S3DataSource = new() { Path = Input.Trim() } },
        JobOutput = new() { S3DataDestination = new() { Path = Folder(project) } },
    };

    public CreateBatchSegmentJobRequest Segments(string project) => new()
    {
        JobName = Name.Trim(), SolutionVersionArn = Version, FilterArn = FilterArn, NumResults = Number, RoleArn = UnusedRole,
        JobInput = new() { S3DataSource = new() { Path = Input.Trim() } },
        JobOutput = new() { S3DataDestination = new() { Path = Folder(project) } },
    };

    public CreateDatasetExportJobRequest Export(string project) => new()
    {
        JobName = Name.Trim(), DatasetArn = Dataset, IngestionMode = Rows, RoleArn = UnusedRole,
        JobOutput = new() { S3DataDestination = new() { Path = Folder(project) } },
    };

    private string? FilterArn => Filter.Length > 0 ? Filter : null;

    private int? Number => int.TryParse(Results.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Folder(string project) => Output.Trim() is { Length: > 0 } folder ? folder : UsualOutput(project);
}
