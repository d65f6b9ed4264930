using System.Buffers;
using System.Text;
using System.Text.Json;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;

namespace Kindred.Operations;

/// <summary>
/// Puts every change of resources into the audit trail: what a resource was like before an update or a delete, as its Describe operation
/// says it, and what was asked for.
/// </summary>
internal sealed class ChangeAudit(OperationTable table, IAuditTrail trail)
{
    private static readonly string[] Changing = ["Update", "Delete", "Start", "Stop"];

    public static bool Concerns(ContractOperation operation) => OperationScopes.Required(operation) is AccessScopes.Control;

    /// <returns>The resource that a request would change, JSON; null when it makes a new one, or there is none.</returns>
    public async Task<string?> DescribeAsync(OperationCall call, OperationContext context)
    {
        if (Describing(call.Operation.Name) is not { } describe || Subject(call) is not { } subject) return null;
        var answer = new ArrayBufferWriter<byte>();
        try
        {
            await describe(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [subject.Member] = subject.Arn },
                AuditJson.Default.DictionaryStringString), context, answer);
        }
        catch (RefusedException)
        {
            return null; // the change itself will say what is wrong
        }
        return Encoding.UTF8.GetString(answer.WrittenSpan);
    }

    public Task RecordAsync(Principal principal, OperationCall call, string? before, ReadOnlySpan<byte> answer)
    {
        var deletes = call.Operation.Name.StartsWith("Delete", StringComparison.Ordinal);
        var target = Made(answer, call.Operation) ?? Subject(call)?.Arn;
        return trail.RecordAsync(AuditEvent.By(principal, $"personalize:{call.Operation.Name}", target) with
        {
            Before = before,
            After = deletes || call.Body.IsEmpty ? null : Encoding.UTF8.GetString(call.Body.Span),
        });
    }

    private OperationHandler? Describing(string operation)
    {
        var verb = Array.Find(Changing, verb => operation.StartsWith(verb, StringComparison.Ordinal));
        return verb is null ? null : table.Find("Describe" + operation[verb.Length..]);
    }

    /// <summary>The resource that a request is about: the first of the contract's members that name one. Members of other names say nothing.</summary>
    private static (string Member, string Arn)? Subject(OperationCall call)
    {
        foreach (var member in call.Operation.ArnMembers)
            if (member is not ("roleArn" or "kmsKeyArn") && Find(call.Body.Span, member) is { } arn) return (member, arn);
        return null;
    }

    /// <summary>The resource that an answer names: what was made stands first.</summary>
    private static string? Made(ReadOnlySpan<byte> answer, ContractOperation operation) =>
        operation.Name.StartsWith("Create", StringComparison.Ordinal) ? Find(answer, member: null) : null;

    /// <param name="json">An object, or nothing.</param>
    /// <param name="member">Null for the first whose name ends as that of an ARN does.</param>
    /// <returns>The text of a member of the object itself; null where it has none.</returns>
    private static string? Find(ReadOnlySpan<byte> json, string? member)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            var isIt = member is null ? reader.ValueSpan.EndsWith("Arn"u8) : reader.ValueTextEquals(member);
            reader.Read();
            if (isIt && reader.TokenType is JsonTokenType.String) return reader.GetString();
            reader.Skip();
        }
        return null;
    }
}
