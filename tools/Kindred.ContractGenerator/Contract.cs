using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kindred.ContractGenerator;

/// <summary>The parts of <c>contract.json</c> that the generated code is made from.</summary>
public sealed record Contract(IReadOnlyDictionary<string, Service> Services)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static Contract Load(string path) =>
        (JsonSerializer.Deserialize<Contract>(File.ReadAllBytes(path), Options)
            ?? throw new InvalidOperationException($"'{path}' is empty.")).WithExtensions();
}

/// <param name="TargetPrefix">First half of <c>X-Amz-Target</c>; null for services called by path.</param>
public sealed record Service(
    string Protocol,
    string? TargetPrefix,
    IReadOnlyDictionary<string, Operation> Operations,
    IReadOnlyDictionary<string, Shape> Shapes);

public sealed record Operation(
    string? XAmzTarget,
    Http Http,
    string? Input,
    string? Output,
    IReadOnlyList<OperationError> Errors,
    bool Paginated);

public sealed record Http(string Method, string Uri, int SuccessStatus);

public sealed record OperationError(string Shape, int DocumentedHttpStatus);

public sealed record Shape(
    string Type,
    IReadOnlyList<string>? Required,
    IReadOnlyDictionary<string, Member>? Members,
    decimal? Min,
    decimal? Max,
    string? Pattern,
    [property: JsonPropertyName("enum")] IReadOnlyList<string>? Values,
    [property: JsonPropertyName("member")] string? Element,
    string? Key,
    string? Value,
    bool Sensitive,
    bool Exception);

/// <param name="Jsonvalue">The string holds a JSON document.</param>
public sealed record Member(string Shape, string Type, bool Required, bool Jsonvalue);
