namespace Kindred.Api.Protocol;

/// <summary>What an endpoint answers with, errors included.</summary>
internal sealed record AnswerContentType(string Value)
{
    public const string Json = "application/json";
    public const string AwsJson = "application/x-amz-json-1.1";
}
