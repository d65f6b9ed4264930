using System.Runtime.InteropServices;
using System.Text;
using Kindred.Files;

namespace Kindred.Recipes.Artifacts;

/// <summary>
/// A trained model as one read-only mapped file of named tensors, in the safetensors layout
/// (https://github.com/huggingface/safetensors#format): 8 bytes little-endian header length, a JSON header, the tensors.
/// Opening verifies the checksum; after that tensors are served straight from the map.
/// </summary>
public sealed class ModelArtifact : IDisposable
{
    /// <summary>Version of the layout this build writes, and the only one it reads.</summary>
    public const int SchemaVersion = 1;

    private readonly MappedFile _file;
    private readonly ArtifactHeader _header;

    private ModelArtifact(MappedFile file, ArtifactHeader header) => (_file, _header) = (file, header);

    /// <summary>Name of the recipe that trained the model.</summary>
    public string Recipe => _header.Require(ArtifactHeader.RecipeKey);

    public long SizeBytes => _file.Length;

    /// <summary>Facts about the model that are not tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelArtifactException">The file is not an artifact, is damaged, or of another schema version.</exception>
    public static ModelArtifact Open(string path)
    {
        var file = Map(path);
        try
        {
            return new ModelArtifact(file, ArtifactHeader.Read(file, path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the map alive while spans over it are in use.</summary>
    /// <exception cref="ObjectDisposedException">The artifact was disposed.</exception>
    public ArtifactLease Lease() => new(_file.Acquire());

    /// <summary>Whether there is a tensor of that name: what a later release writes, an earlier one has not written.</summary>
    public bool Has(string name) => _header.Has(name);

    /// <summary>A tensor, served from the map: its span may only be used under a <see cref="Lease"/>.</summary>
    /// <exception cref="ModelArtifactException">There is no tensor of that name and type.</exception>
    public ReadOnlyMemory<T> Tensor<T>(string name) where T : unmanaged
    {
        var (offset, bytes) = _header.Locate(name, TensorType.Of<T>());
        return _file.Memory<T>(offset, checked((int)(bytes / Marshal.SizeOf<T>())));
    }

    /// <summary>A column of strings, copied.</summary>
    public string[] Strings(string name)
    {
        using var lease = Lease();
        var joined = Tensor<byte>(name).Span;
        return joined.IsEmpty ? [] : [.. Encoding.UTF8.GetString(joined[..^1]).Split('\0')];
    }

    /// <summary>An id table, served from the map.</summary>
    public IdTable Ids(string name)
    {
        using var lease = Lease();
        try
        {
            return new IdTable(Tensor<byte>($"{name}.utf8"), Tensor<long>($"{name}.ends"), Tensor<int>($"{name}.slots"));
        }
        catch (ArgumentException e)
        {
            throw new ModelArtifactException($"The ids '{name}' of the model artifact do not fit together.", e);
        }
    }

    /// <summary>Unmaps the file as soon as the last lease ends.</summary>
    public void Dispose() => _file.Dispose();

    private static MappedFile Map(string path)
    {
        try
        {
            return MappedFile.Open(path);
        }
        catch (InvalidDataException e)
        {
            throw new ModelArtifactException($"'{path}' is empty; a model artifact was expected.", e);
        }
    }
}
