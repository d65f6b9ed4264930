using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Transformer;

/// <summary>When a training's state is written down, and which training it belongs to.</summary>
/// <param name="folder">Where.</param>
/// <param name="name">Name of the checkpoint.</param>
/// <param name="interval">Time between checkpoints, at least.</param>
/// <param name="fingerprint">Of data, options and seed.</param>
internal sealed class TrainingCheckpoint(CheckpointFolder folder, string name, TimeSpan interval, string fingerprint)
{
    /// <summary>Large tables take a while to write: never more than about this share of the time.</summary>
    private const double MaxShare = 0.05;

    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _lastTook;

    public ModelArtifact? TryOpen() => folder.TryOpen(name, fingerprint);

    public void SaveWhenDue(Func<ArtifactWriter> state, CancellationToken cancellationToken)
    {
        var wait = interval > TimeSpan.Zero && _lastTook / MaxShare > interval ? _lastTook / MaxShare : interval;
        if (Stopwatch.GetElapsedTime(_last) >= wait)
            Save(state(), cancellationToken);
    }

    public void Save(ArtifactWriter state, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        folder.Save(name, fingerprint, state, cancellationToken);
        _lastTook = Stopwatch.GetElapsedTime(started);
        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Tells apart everything that changes a training's result.</summary>
    public static string FingerprintOf(TrainingSet data, TransformerOptions options, int seed, SequenceTransformer? start)
    {
        var hash = new XxHash3();
        var log = data.Interactions;
        Append(hash, log.UserStarts);
        Append(hash, log.Items);
        Append(hash, log.Timestamps);
        Append(hash, log.EventTypeCodes);
        Append(hash, log.TypeWeights);
        if (data.Items is { } items)
        {
            foreach (var column in items.Categories)
            {
                Append<int>(hash, column.Starts);
                Append<int>(hash, column.Codes);
            }
            foreach (var column in items.Numbers)
                Append<float>(hash, column.Values);
            foreach (var text in items.Texts.SelectMany(column => column.Values))
                hash.Append(Encoding.UTF8.GetBytes(text + '\0'));
        }
        if (options.UsesAttributes && ItemFeatures.Of(data.Users) is { } users)
        {
            Append<int>(hash, users.Starts);
            Append<int>(hash, users.Codes);
            Append<float>(hash, users.Weights);
        }
        foreach (var column in log.Contexts)
        {
            hash.Append(Encoding.UTF8.GetBytes(column.Name + '\0' + string.Join('\0', column.Cells ?? [])));
            Append(hash, column.Codes);
        }
        if (start is not null)
        {
            Append(hash, start.Weights.Span);
            Append(hash, start.Vectors.Span);
        }
        hash.Append(Encoding.UTF8.GetBytes($"{log.ItemIds.Count} {seed} {options}"));
        return hash.GetCurrentHashAsUInt64().ToString("x16");
    }

    private static void Append<T>(XxHash3 hash, ReadOnlySpan<T> values) where T : unmanaged => hash.Append(MemoryMarshal.AsBytes(values));
}
