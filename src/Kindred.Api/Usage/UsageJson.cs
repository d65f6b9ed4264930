using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Usage;

namespace Kindred.Api.Usage;

/// <param name="Subject">What it was used for, such as a campaign's ARN; absent where there is none.</param>
internal sealed record CountedUse(DateOnly Day, UsageMeasure Measure, string? Subject, long Count);

internal sealed record UsageListing(IReadOnlyList<CountedUse> Days);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(UsageListing))]
internal sealed partial class UsageJson : JsonSerializerContext;
