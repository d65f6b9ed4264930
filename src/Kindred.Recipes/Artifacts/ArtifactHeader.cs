using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Kindred.Files;

namespace Kindred.Recipes.Artifacts;

/// <summary>The JSON header of an artifact. The checksum covers header and tensors, itself taken as zeros.</summary>
internal sealed class ArtifactHeader
{
    public const string RecipeKey = "recipe";
    private const string FormatKey = "format";
    private const string Format = "kindred-model";
    private const string VersionKey = "schema_version";
    private const string ChecksumKey = "checksum";
    private const string NoChecksum = "xxh3:0000000000000000";
    private const int Alignment = 64;
    private const int MaxHeaderBytes = 16 << 20;
    private readonly Dictionary<string, (string Type, long Offset, long Bytes)> _tensors = [];

    public Dictionary<string, string> Metadata { get; } = [];

    public static ComposedHeader Compose(
        IReadOnlyDictionary<string, string> metadata, IEnumerable<(string Name, string Type, long[] Shape, long Bytes)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString(ChecksumKey, NoChecksum);
            json.WriteString(FormatKey, Format);
            json.WriteString(VersionKey, ModelArtifact.SchemaVersion.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, value) in metadata.OrderBy(fact => fact.Key, StringComparer.Ordinal))
                json.WriteString(name, value);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, type, shape, bytes) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (var size in shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Trailing spaces are part of the layout: they put the first tensor on a 64-byte boundary of the file.
        while ((buffer.Length + sizeof(long)) % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return new ComposedHeader(buffer.ToArray());
    }

    public static ArtifactHeader Read(MappedFile file, string path)
    {
        if (file.Length < sizeof(long))
            throw Broken(path, $"it has {file.Length} bytes, too few for a header");
        var length = BinaryPrimitives.ReadInt64LittleEndian(file.Slice(0, sizeof(long)));
        if (length is < 2 or > MaxHeaderBytes || length > file.Length - sizeof(long))
            throw Broken(path, $"it claims a header of {length} bytes in a file of {file.Length}");
        var json = file.Slice(sizeof(long), (int)length);
        var header = new ArtifactHeader();
        try
        {
            header.Parse(json, sizeof(long) + length);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new ModelArtifactException($"'{path}' is not a model artifact: its header does not parse.", e);
        }
        header.CheckIdentity(path);
        header.CheckExtent(file, sizeof(long) + length, path);
        header.CheckSum(file, json, path);
        return header;
    }

    public string Require(string fact) => Metadata.TryGetValue(fact, out var value)
        ? value
        : throw new ModelArtifactException($"The model artifact lacks the fact '{fact}'.");

    public bool Has(string tensor) => _tensors.ContainsKey(tensor);

    public (long Offset, long Bytes) Locate(string name, string type) =>
        !_tensors.TryGetValue(name, out var tensor)
            ? throw new ModelArtifactException($"The model artifact has no tensor '{name}'.")
            : tensor.Type != type
                ? throw new ModelArtifactException($"The tensor '{name}' of the model artifact is {tensor.Type}; {type} was expected.")
                : (tensor.Offset, tensor.Bytes);

    private void Parse(ReadOnlySpan<byte> json, long dataStart)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            if (entry.NameEquals("__metadata__"))
            {
                foreach (var fact in entry.Value.EnumerateObject())
                    Metadata[fact.Name] = fact.Value.GetString() ?? "";
                continue;
            }
            var offsets = entry.Value.GetProperty("data_offsets");
            var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
            _tensors[entry.Name] = (entry.Value.GetProperty("dtype").GetString() ?? "", dataStart + begin, end - begin);
        }
    }

    private void CheckIdentity(string path)
    {
        if (Metadata.GetValueOrDefault(FormatKey) != Format)
            throw Broken(path, "it is a safetensors file of something else");
        var version = Require(VersionKey);
        if (version != ModelArtifact.SchemaVersion.ToString(CultureInfo.InvariantCulture))
            throw Broken(path, $"its schema version is {version}; {ModelArtifact.SchemaVersion} was expected");
    }

    private void CheckExtent(MappedFile file, long dataStart, string path)
    {
        var end = dataStart;
        foreach (var (name, (type, offset, bytes)) in _tensors)
        {
            if (TensorType.SizeOf(type) is var size && (size == 0 || bytes < 0 || bytes % size != 0 || offset < dataStart))
                throw Broken(path, $"its tensor '{name}' has an impossible place");
            end = Math.Max(end, offset + bytes);
        }
        if (end != file.Length)
            throw Broken(path, $"it has {file.Length} bytes where its header tells of {end}; it was cut short or appended to");
    }

    private void CheckSum(MappedFile file, ReadOnlySpan<byte> json, string path)
    {
        var unsealed = new ComposedHeader(json.ToArray());
        var hash = new XxHash3();
        hash.Append(unsealed.Unsealed(Require(ChecksumKey)));
        for (long offset = sizeof(long) + json.Length, left; (left = file.Length - offset) > 0; offset += 1 << 24)
            hash.Append(file.Slice(offset, (int)Math.Min(1 << 24, left)));
        if (ComposedHeader.Checksum(hash.GetCurrentHashAsUInt64()) != Require(ChecksumKey))
            throw Broken(path, "its checksum does not match; the file is damaged");
    }

    private static ModelArtifactException Broken(string path, string why) => new($"'{path}' is not a usable model artifact: {why}.");

    /// <summary>Header bytes with a place for the checksum.</summary>
    internal sealed class ComposedHeader(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public static string Checksum(ulong hash) => $"xxh3:{hash:x16}";

        public void Seal(ulong hash) => Encoding.ASCII.GetBytes(Checksum(hash), Bytes.AsSpan(PlaceOf(NoChecksum)));

        public byte[] Unsealed(string checksum)
        {
            if (checksum.Length == NoChecksum.Length && PlaceOf(checksum) is var place and >= 0)
                Encoding.ASCII.GetBytes(NoChecksum, Bytes.AsSpan(place));
            return Bytes;
        }

        private int PlaceOf(string checksum) => Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(checksum));
    }
}
