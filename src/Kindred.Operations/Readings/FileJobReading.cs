using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;

namespace Kindred.Operations.Readings;

/// <summary>Jobs that read or write files in buckets.</summary>
public enum FileJobKind
{
    Recommendations = 0,
    Segments = 1,
    Export = 2,
}

/// <summary>A batch inference job, a batch segment job or a dataset export job, whichever it is.</summary>
public sealed record FileJobReading
{
    public required FileJobKind Kind { get; init; }
    public required Arn Arn { get; init; }
    public required string Name { get; init; }
    public required string Status { get; init; }
    public string? FailureReason { get; init; }
    /// <summary>The solution version that answers; of an export the dataset.</summary>
    public required Arn Source { get; init; }
    /// <summary>Null for an export, which reads no files.</summary>
    public string? Input { get; init; }
    /// <summary>A folder of a bucket.</summary>
    public required string Output { get; init; }
    /// <summary>Lines that were answered, or rows that were written; 0 until the job has ended well.</summary>
    public required long Lines { get; init; }
    /// <summary>Lines whose answer says why there is none.</summary>
    public long RefusedLines { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>The job while it waits or runs; null when it has ended.</summary>
    public JobDescription? Job { get; init; }
    /// <summary>Whether it waits or runs.</summary>
    public bool IsUnfinished => ResourceStatus.IsUnfinished(Status);

    /// <summary>Names of the objects that it wrote; null where they follow from the input.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>Whether an object of the output folder is this job's, by its name.</summary>
    public bool IsOutput(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Input is null) return name.StartsWith($"{Name}.part-", StringComparison.Ordinal);
        if (Outputs is not null) return Outputs.Contains(name, StringComparer.Ordinal);
        // What is behind the last slash is the object's name; of jobs that kept no names it begins every name.
        return name.EndsWith(".out", StringComparison.Ordinal) && name.StartsWith(Input[(Input.LastIndexOf('/') + 1)..], StringComparison.Ordinal);
    }

    internal static FileJobReading Of(BatchInferenceJobState state) =>
        Of(FileJobKind.Recommendations, state.Job, state.Lines, state.RefusedLines);

    internal static FileJobReading Of(BatchSegmentJobState state) => Of(FileJobKind.Segments, state.Job, state.Lines, state.RefusedLines);

    internal static FileJobReading Of(DatasetExportJobState state) => new()
    {
        Kind = FileJobKind.Export, Arn = state.Arn, Name = state.ExportJob.Name, Status = state.Status,
        FailureReason = state.ExportJob.FailureReason, Source = state.ExportJob.DatasetArn, Output = state.ExportJob.Output.Path,
        Lines = state.Rows, CreatedAt = state.ExportJob.CreatedAt,
    };

    private static FileJobReading Of(FileJobKind kind, BatchJobRecord job, long lines, long refused) => new()
    {
        Kind = kind, Arn = job.Arn, Name = job.Name, Status = job.Status, FailureReason = job.FailureReason, Source = job.SolutionVersionArn,
        Input = job.Input.Path, Output = job.Output.Path, Outputs = job.Outputs, Lines = lines, RefusedLines = refused, CreatedAt = job.CreatedAt,
    };
}
