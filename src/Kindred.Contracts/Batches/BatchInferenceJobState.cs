using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;

namespace Kindred.Contracts.Batches;

/// <summary>What a batch inference job remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.BatchInferenceJobState")]
public sealed record BatchInferenceJobState : IBatchJobState<BatchInferenceJobState>
{
    public static ResourceKind<BatchInferenceJobState> Kind { get; } = new()
    {
        Noun = "batch inference job", ArnType = ResourceTypes.BatchInferenceJob,
        Parent = SolutionVersionState.Kind, ParentOf = state => state.Job.SolutionVersionArn,
        Uses = BatchJobUses.Of<BatchInferenceJobState>(),
    };

    [Id(0)] public required BatchJobRecord Job { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>As the client gave it.</summary>
    [Id(2)] public BatchInferenceJobConfig? Config { get; init; }
    /// <summary><c>BATCH_INFERENCE</c>.</summary>
    [Id(3)] public required string Mode { get; init; }
    /// <summary>Lines that were answered, those that were refused among them; set when the job has ended well.</summary>
    [Id(4)] public long Lines { get; init; }
    /// <summary>Lines whose answer says why there is none.</summary>
    [Id(5)] public long RefusedLines { get; init; }

    [JsonIgnore] public Arn Arn => Job.Arn;
    [JsonIgnore] public string Status => Job.Status;
    public BatchInferenceJobState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };

    public BatchInferenceJobState Moved(string status, string? failureReason, DateTimeOffset now) =>
        this with { Job = Job.Moved(status, failureReason, now) };

    public BatchInferenceJobState Counted(long records, long refused, IReadOnlyList<string>? outputs) =>
        this with { Lines = records, RefusedLines = refused, Job = Job with { Outputs = outputs } };
}
