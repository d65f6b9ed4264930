using System.Text.Json.Nodes;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;

namespace Kindred.Contracts.Tests.Protocol;

/// <summary>A valid request for any operation of the contract, with every member it can have.</summary>
internal static class SampleRequests
{
    public const string Account = "123456789012";
    public const string Region = "us-east-1";
    public static readonly string Arn = $"arn:aws:personalize:{Region}:{Account}:solution/sample/0a1b2c3d";

    public static JsonObject For(ContractOperation operation) => (JsonObject)Value(operation.Input);

    public static JsonNode Value(ShapeRule shape) => shape switch
    {
        StructureRule structure => new JsonObject(structure.Members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)Value(m.Shape)))),
        ListRule list => new JsonArray([.. Enumerable.Range(0, Math.Max(1, list.MinCount)).Select(_ => Value(list.Element))]),
        MapRule map => new JsonObject([KeyValuePair.Create(Text(map.Key), (JsonNode?)Value(map.Value))]),
        TextRule text => Text(text),
        WholeNumberRule number => Math.Clamp(1, number.Min, number.Max),
        NumberRule number => Math.Clamp(0.5, number.Min, number.Max),
        FlagRule => true,
        TimestampRule => 1_719_511_760.123,
        _ => throw new NotSupportedException($"There is no sample of {shape.GetType().Name}."),
    };

    private static string Text(TextRule text) => text switch
    {
        { IsArn: true } => Arn,
        { HoldsJson: true } => "{\"price\":1.5}",
        { Values: [var first, ..] } => first,
        { Name: "RoleArn" } => $"arn:aws:iam::{Account}:role/import",
        { Name: "KmsKeyArn" } => $"arn:aws:kms:{Region}:{Account}:key/0a1b2c3d",
        { Name: "S3Location" } => "s3://shop/interactions.csv",
        { Name: "SchedulingExpression" } => "rate(7 days)",
        _ => "sample",
    };
}
