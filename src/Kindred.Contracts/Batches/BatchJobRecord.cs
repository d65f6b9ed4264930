using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Batches;

/// <summary>One pass of a model over the lines of some files. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.BatchJobRecord")]
public sealed record BatchJobRecord
{
    [Id(0), JsonPropertyName("jobName")] public required string Name { get; init; }
    [Id(1), JsonPropertyName("jobArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn SolutionVersionArn { get; init; }
    /// <summary>The group of the solution version.</summary>
    [Id(3)] public required Arn DatasetGroupArn { get; init; }
    /// <summary>Null when everything may be shown.</summary>
    [Id(4)] public Arn? FilterArn { get; init; }
    /// <summary>Items, or users, of each answer; null when the client did not say.</summary>
    [Id(5)] public int? NumResults { get; init; }
    [Id(6)] public required ObjectLocation Input { get; init; }
    [Id(7)] public required ObjectLocation Output { get; init; }
    [Id(8)] public string? RoleArn { get; init; }
    [Id(9)] public required string Status { get; init; }
    [Id(10)] public string? FailureReason { get; init; }
    [Id(11), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(12), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>
    /// Names of the objects that it wrote, set when the job has ended well and its input was not one object alone; of jobs of before that was
    /// kept null too.
    /// </summary>
    [Id(13)] public IReadOnlyList<string>? Outputs { get; init; }

    public BatchJobRecord Moved(string status, string? failureReason, DateTimeOffset now) =>
        this with { Status = status, FailureReason = failureReason, UpdatedAt = now };
}

/// <summary>Where a job reads or writes objects, as the client gave it.</summary>
/// <param name="Path"><c>s3://</c> or <c>file://</c>.</param>
/// <param name="KmsKeyArn">Kept and shown; the deployment encrypts its disk as a whole, or not.</param>
[GenerateSerializer, Immutable, Alias("Kindred.ObjectLocation")]
public sealed record ObjectLocation([property: Id(0)] string Path, [property: Id(1)] string? KmsKeyArn);
