using System.Text.Json;

namespace Kindred.Serving.Batches;

/// <summary>What was found for one line, ready to be written.</summary>
internal interface IBatchAnswer : IDisposable
{
    /// <summary>Writes the members of <c>output</c>.</summary>
    void Write(Utf8JsonWriter json);
}
