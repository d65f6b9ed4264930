using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Kindred.Files;

namespace Kindred.Recipes.Artifacts;

/// <summary>Collects the tensors of a model and writes them as an artifact. The tensors are not copied.</summary>
public sealed class ArtifactWriter
{
    private readonly List<Part> _parts = [];
    private readonly Dictionary<string, string> _metadata = [];

    /// <param name="recipe">Name of the recipe that reads the artifact back.</param>
    public ArtifactWriter(string recipe) => _metadata[ArtifactHeader.RecipeKey] = recipe;

    public ArtifactWriter Fact(string name, string value)
    {
        _metadata.Add(name, value);
        return this;
    }

    /// <summary>Adds a tensor; a row-major matrix when <paramref name="columns"/> is not 0.</summary>
    public ArtifactWriter Tensor<T>(string name, ReadOnlyMemory<T> values, int columns = 0) where T : unmanaged
    {
        long[] shape = columns == 0 ? [values.Length] : [values.Length / columns, columns];
        _parts.Add(new Part(name, TensorType.Of<T>(), shape, (long)values.Length * Marshal.SizeOf<T>(), visit => Chunks(values, visit)));
        return this;
    }

    public ArtifactWriter Strings(string name, IEnumerable<string> values) =>
        Tensor<byte>(name, Encoding.UTF8.GetBytes(string.Concat(values.Select(value => value + '\0'))));

    public ArtifactWriter Ids(string name, IdTable ids) =>
        Tensor($"{name}.utf8", ids.Utf8).Tensor($"{name}.ends", ids.Ends).Tensor($"{name}.slots", ids.Slots);

    /// <summary>Writes the artifact from the stream's position on.</summary>
    public void Save(Stream destination)
    {
        // Larger elements first: every tensor is aligned to its element without the holes that the layout forbids.
        var parts = _parts.OrderByDescending(part => TensorType.SizeOf(part.Type)).ThenBy(part => part.Name, StringComparer.Ordinal).ToList();
        var header = ArtifactHeader.Compose(_metadata, parts.Select(part => (part.Name, part.Type, part.Shape, part.Bytes)));
        var hash = new XxHash3();
        hash.Append(header.Bytes);
        foreach (var part in parts)
            part.Visit(chunk => hash.Append(chunk));
        header.Seal(hash.GetCurrentHashAsUInt64());

        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Bytes.Length);
        destination.Write(length);
        destination.Write(header.Bytes);
        foreach (var part in parts)
            part.Visit(chunk => destination.Write(chunk));
    }

    private static void Chunks<T>(ReadOnlyMemory<T> values, ReadOnlySpanAction visit) where T : unmanaged
    {
        const int Elements = 1 << 20; // a span of bytes cannot hold what 2^31 elements take
        for (var start = 0; start < values.Length; start += Elements)
            visit(MemoryMarshal.AsBytes(values.Span.Slice(start, Math.Min(Elements, values.Length - start))));
    }

    private delegate void ReadOnlySpanAction(ReadOnlySpan<byte> bytes);

    private sealed record Part(string Name, string Type, long[] Shape, long Bytes, Action<ReadOnlySpanAction> Visit);
}
