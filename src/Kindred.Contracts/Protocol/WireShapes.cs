using System.Text.Json.Serialization.Metadata;

namespace Kindred.Contracts.Protocol;

/// <summary>The contract's records as JSON reads and writes them.</summary>
public static class WireShapes
{
    /// <exception cref="ArgumentException">It is not a shape of the contract.</exception>
    public static JsonTypeInfo<T> Of<T>() =>
        WireJson.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
            ?? throw new ArgumentException($"'{typeof(T)}' is not a shape of the contract.");
}
