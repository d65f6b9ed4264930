using Kindred.Contracts.Arns;

namespace Kindred.Serving.Filters;

/// <summary>A filter as requests use it.</summary>
public sealed record KnownFilter(Arn DatasetGroup, FilterExpression Expression);
