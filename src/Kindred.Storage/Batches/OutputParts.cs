using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Files;

namespace Kindred.Storage.Batches;

/// <summary>
/// The output of one input of a batch job while it is made, part by part. A part that is there is there for good: after a crash the next
/// attempt finds it by its place and by the lines that it answers, and goes on behind it. So no line is answered twice in an output, and
/// none is missing, whenever the process dies and whoever else works on the same job meanwhile.
/// </summary>
public sealed class OutputParts
{
    private readonly string _folder;
    private readonly ulong _source;
    private readonly Dictionary<(long FirstLine, ulong Digest), OutputPart> _known;
    private readonly List<OutputPart> _taken = [];

    private OutputParts(string folder, ulong source, Dictionary<(long, ulong), OutputPart> known) =>
        (_folder, _source, _known) = (folder, source, known);

    /// <summary>The parts that are in <see cref="Content"/>, in the order of the input.</summary>
    public IReadOnlyList<OutputPart> Taken => _taken;

    public long Lines => _taken.Sum(part => (long)part.Lines);
    public long Refused => _taken.Sum(part => (long)part.Refused);

    /// <param name="folder">Absolute path of a folder that exists; it may hold the parts of other inputs too.</param>
    /// <param name="source">What the input is called.</param>
    public static OutputParts Open(string folder, string source)
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(source.AsSpan()));
        var known = new Dictionary<(long, ulong), OutputPart>();
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (OutputPart.TryRead(path, hash) is { } part) known[(part.FirstLine, part.Digest)] = part;
        }
        return new OutputParts(folder, hash, known);
    }

    public static ulong DigestOf(ReadOnlySpan<byte> lines) => XxHash3.HashToUInt64(lines);

    /// <summary>Takes the answers to the lines that come next, if an earlier attempt made them.</summary>
    /// <returns>False when they are yet to be made.</returns>
    public bool TryTake(long firstLine, ulong digest)
    {
        if (!_known.TryGetValue((firstLine, digest), out var part)) return false;
        _taken.Add(part);
        return true;
    }

    /// <summary>Keeps the answers to the lines that come next; when this returns, they survive whatever happens to the process.</summary>
    /// <param name="write">Writes the answers, each with its line break.</param>
    public void Add(long firstLine, int lines, int refused, ulong digest, Action<Stream> write, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, OutputPart.NameOf(_source, firstLine, lines, refused, digest));
        DurableFile.WriteAllAtomic(path, write, cancellationToken);
        _taken.Add(new OutputPart(path, firstLine, lines, refused, digest));
    }

    /// <summary>All answers, one after the other; whoever opens it disposes it.</summary>
    public Stream Content() => new FileSequence([.. _taken.Select(part => part.Path)]);
}
