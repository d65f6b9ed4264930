using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Solutions;

namespace Kindred.Contracts.Batches;

/// <summary>What a batch segment job remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.BatchSegmentJobState")]
public sealed record BatchSegmentJobState : IBatchJobState<BatchSegmentJobState>
{
    public static ResourceKind<BatchSegmentJobState> Kind { get; } = new()
    {
        Noun = "batch segment job", ArnType = ResourceTypes.BatchSegmentJob,
        Parent = SolutionVersionState.Kind, ParentOf = state => state.Job.SolutionVersionArn,
        Uses = BatchJobUses.Of<BatchSegmentJobState>(),
    };

    [Id(0)] public required BatchJobRecord Job { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Lines that were answered, those that were refused among them; set when the job has ended well.</summary>
    [Id(2)] public long Lines { get; init; }
    /// <summary>Lines whose answer says why there is none.</summary>
    [Id(3)] public long RefusedLines { get; init; }

    [JsonIgnore] public Arn Arn => Job.Arn;
    [JsonIgnore] public string Status => Job.Status;
    public BatchSegmentJobState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };

    public BatchSegmentJobState Moved(string status, string? failureReason, DateTimeOffset now) =>
        this with { Job = Job.Moved(status, failureReason, now) };

    public BatchSegmentJobState Counted(long records, long refused, IReadOnlyList<string>? outputs) =>
        this with { Lines = records, RefusedLines = refused, Job = Job with { Outputs = outputs } };
}
