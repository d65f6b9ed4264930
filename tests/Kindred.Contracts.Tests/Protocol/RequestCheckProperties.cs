using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;

namespace Kindred.Contracts.Tests.Protocol;

/// <summary>The check's promise: whatever comes, no exception; and what passes can be deserialized.</summary>
public sealed class RequestCheckProperties
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "-1e999", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"arn:aws:personalize:us-east-1:999999999999:campaign/x\"", "\"{\"", "\"{}\"", "[]", "[null]", "[[[]]]", "{}",
        "{\"\":null}", "{\"a\":\"b\",\"a\":\"c\"}",
        "253402300799.9", "253402300800", "1e-400", "-0.0", "\"2026-11-23T22:15:07Z\"",
    ];

    private static readonly Gen<ContractOperation> Operations = Gen.Int[0, ContractOperations.All.Count - 1].Select(i => ContractOperations.All[i]);

    [Fact]
    public void Of_AnyMemberReplacedByAnyValue_IsFaultyOrDeserializes() =>
        Gen.Select(Operations, Gen.Int[0, 1000], Gen.Int[0, Values.Length - 1].Select(i => Values[i])).Sample((operation, position, value) =>
        {
            var text = SampleRequests.For(operation).ToJsonString();
            var marked = Mark(SampleRequests.For(operation), position).ToJsonString();
            AssertClean(operation, Encoding.UTF8.GetBytes(marked.Replace("\"@@\"", value, StringComparison.Ordinal)));
            AssertClean(operation, Encoding.UTF8.GetBytes(text));
        }, iter: 3000);

    [Fact]
    public void Of_RandomBytesChanged_IsFaultyOrDeserializes() =>
        Gen.Select(Operations, Gen.Select(Gen.Int[0, 100_000], Gen.Byte).List[1, 6], Gen.Int[0, 10]).Sample((operation, edits, cut) =>
        {
            var body = Encoding.UTF8.GetBytes(SampleRequests.For(operation).ToJsonString());
            foreach (var (position, value) in edits) body[position % body.Length] = value;
            AssertClean(operation, body.AsSpan(0, cut == 0 ? body.Length / 2 : body.Length));
        }, iter: 5000);

    private static void AssertClean(ContractOperation operation, ReadOnlySpan<byte> body)
    {
        var check = RequestCheck.Of(body, operation.Input);
        if (check.IsValid)
        {
            var space = operation.Service == ContractService.Control
                ? "Kindred.Contracts.Protocol"
                : $"Kindred.Contracts.Protocol.{operation.Service}";
            var type = typeof(ContractOperation).Assembly.GetType($"{space}.{operation.Input.Name}")!;
            Assert.NotNull(JsonSerializer.Deserialize(body, type, WireJson.Default));
            return;
        }

        Assert.NotEqual("", check.Message);
        // A message must itself be text that can be sent.
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(check.Message);
    }

    /// <summary>Puts a mark in the place of one value, anywhere in the request.</summary>
    private static JsonObject Mark(JsonObject request, int position)
    {
        var places = new List<Action>();
        Collect(request, places);
        if (places.Count > 0) places[position % places.Count]();
        return request;
    }

    private static void Collect(JsonNode? node, List<Action> places)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    places.Add(() => members[name] = "@@");
                    Collect(value, places);
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    var index = i;
                    places.Add(() => elements[index] = "@@");
                    Collect(elements[i], places);
                }

                break;
        }
    }
}
