using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Usage;

namespace Kindred.Api.Usage;

/// <param name="Subject">What it was used for, such as a campaign's ARN; absent where there is none.</param>
internal sealed record UsageView(DateOnly Day, UsageMeasure Measure, string? Subject, long Count);

internal sealed record UsageListing(IReadOnlyList<UsageView> Days);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(UsageListing))]
internal sealed partial class UsageJson : JsonSerializerContext;
