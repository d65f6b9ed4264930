namespace Kindred.Testing.Telemetry;

/// <summary>A span as it was exported. Ids are in hexadecimal digits; a root has an empty <paramref name="ParentId"/>.</summary>
public sealed record ExportedSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    internal static ExportedSpan Of(ProtobufMessage span) => new(
        Convert.ToHexStringLower(span.Bytes(1).Span), Convert.ToHexStringLower(span.Bytes(2).Span), Convert.ToHexStringLower(span.Bytes(4).Span),
        span.Text(5), span.Messages(9).ToDictionary(attribute => attribute.Text(1), attribute => attribute.Messages(2).Single().Text(1)));
}
