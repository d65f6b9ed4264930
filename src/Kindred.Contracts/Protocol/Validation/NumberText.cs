using System.Text;
using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

internal static class NumberText
{
    /// <summary>The number as the client wrote it.</summary>
    public static string Of(ref Utf8JsonReader reader) => Encoding.ASCII.GetString(reader.ValueSpan);
}
