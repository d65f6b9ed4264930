using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>
/// What is wrong with a request, found on its raw JSON in one pass before anything is deserialized, so that every fault
/// is reported at once; and which resources it names. A request that passes deserializes without error.
/// </summary>
public sealed class RequestCheck
{
    /// <summary>Deepest nesting of any request, unknown members included. The contract itself needs 8 levels.</summary>
    public const int MaxDepth = 32;

    // What a hostile megabyte may make us say stays small: the rest is only counted.
    private const int MaxFaultsShown = 25;
    private const int MaxValueShown = 64;
    private const int MaxPathPartShown = 64;

    private readonly List<PathPart> _path = [];
    private List<string>? _faults;
    private List<ArnMember>? _arns;

    private RequestCheck() { }

    /// <summary>Why the body is not a JSON document at all; null when it is one.</summary>
    public string? Malformed { get; private set; }
    /// <summary>The first faults, each a sentence with its member's path.</summary>
    public IReadOnlyList<string> Faults => _faults ?? [];
    public int FaultCount { get; private set; }
    /// <summary>The members of the request that name resources of this service.</summary>
    public IReadOnlyList<ArnMember> Arns => _arns ?? [];
    public bool IsValid => Malformed is null && FaultCount == 0;

    /// <summary>All that is wrong, as one message in the words of AWS; empty for a valid request.</summary>
    public string Message
    {
        get
        {
            if (Malformed is not null) return Malformed;
            if (FaultCount == 0) return "";
            var more = FaultCount > MaxFaultsShown ? $"; and {FaultCount - MaxFaultsShown} more" : "";
            return $"{FaultCount} validation error{(FaultCount == 1 ? "" : "s")} detected: {string.Join("; ", Faults)}{more}";
        }
    }

    /// <param name="body">The request as received; an empty one stands for <c>{}</c>.</param>
    public static RequestCheck Of(ReadOnlySpan<byte> body, StructureRule request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var check = new RequestCheck();
        if (body.IsEmpty) body = "{}"u8;
        if (!Utf8.IsValid(body))
        {
            check.Malformed = "The request is not valid UTF-8.";
            return check;
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject) request.Check(ref reader, check);
            else check.Malformed = "The request is not a JSON object.";
            // Anything but white space after the value is an error that only the next read reports.
            while (reader.Read()) { }
        }
        catch (JsonException error)
        {
            check.Malformed = $"The request is not valid JSON: {error.Message}";
        }

        return check;
    }

    internal void Enter(string member) => _path.Add(new PathPart(member, 0, false));
    internal void Enter(int position) => _path.Add(new PathPart(null, position, false));
    internal void EnterKey(string key) => _path.Add(new PathPart(key, 0, true));
    internal void Leave() => _path.RemoveAt(_path.Count - 1);

    internal void NoteArn(string value) => (_arns ??= []).Add(new ArnMember(PathText(), value));

    /// <param name="value">What the client sent, shown shortened; null when it is sensitive, or too complex to show.</param>
    /// <param name="constraint">Such as <c>Member must not be null</c>.</param>
    internal void Fault(string? value, string constraint) =>
        Add(value is null || FaultCount >= MaxFaultsShown ? "" : $" '{Shorten(value, MaxValueShown)}'", constraint);

    internal void FaultNull() => Add(" null", "Member must not be null");

    private void Add(string shown, string constraint)
    {
        if (FaultCount++ >= MaxFaultsShown) return;
        if (_path is [.., { IsKey: true }]) constraint = $"Map keys must satisfy constraint: [{constraint}]";
        (_faults ??= []).Add($"Value{shown} at '{PathText()}' failed to satisfy constraint: {constraint}");
    }

    private string PathText()
    {
        if (_path is [{ Name: { } only, IsKey: false }]) return Shorten(only, MaxPathPartShown);
        var text = new StringBuilder();
        foreach (var part in _path)
        {
            if (part.IsKey) break;
            if (text.Length > 0) text.Append('.');
            if (part.Name is null) text.Append(part.Position).Append(".member");
            else text.Append(Shorten(part.Name, MaxPathPartShown));
        }

        return text.ToString();
    }

    private static string Shorten(string text, int length)
    {
        if (text.Length <= length) return text;
        // Never between the two halves of a surrogate pair: the message itself must be valid text.
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return string.Concat(text.AsSpan(0, length), "...");
    }

    private readonly record struct PathPart(string? Name, int Position, bool IsKey);
}
