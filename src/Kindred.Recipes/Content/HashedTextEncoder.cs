using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary>
/// Latent semantic analysis (Deerwester et al., 1990) of hashed terms under BM25 weights (Robertson, Zaragoza, The probabilistic
/// relevance framework, 2009): a text is the sum of its terms' vectors, each weighted by how rare and how frequent here it is.
/// </summary>
/// <remarks>
/// Terms of one text only, and of more than half of them, say nothing and are left out. The term vectors are learned from a sample, so memory is
/// bounded by it and by the vocabulary, whatever the number of texts. A text of new words alone is a vector of zeros.
/// </remarks>
internal sealed class HashedTextEncoder : ITextEncoder
{
    private const int Buckets = 1 << 20;
    private const int MaxTerms = 32_768;
    private const int MaxSample = 50_000;
    private const double Saturation = 1.2; // k1 and b of BM25, as in Lucene
    private const double LengthShare = 0.75;

    private readonly ReadOnlyMemory<int> _terms; // bucket of each term, ascending
    private readonly ReadOnlyMemory<float> _weights; // inverse document frequency
    private readonly ReadOnlyMemory<float> _vectors;
    private readonly float _meanLength;

    private HashedTextEncoder(
        ReadOnlyMemory<int> terms, ReadOnlyMemory<float> weights, ReadOnlyMemory<float> vectors, int dimension, float meanLength) =>
        (_terms, _weights, _vectors, Dimension, _meanLength) = (terms, weights, vectors, dimension, meanLength);

    public int Dimension { get; }

    /// <summary>Learns the vocabulary and its vectors.</summary>
    /// <param name="texts">The texts; null or empty = none.</param>
    /// <param name="dimension">Most dimensions; fewer when the texts have no more.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    public static HashedTextEncoder Learn(IReadOnlyList<string?> texts, int dimension, TrainingRun run)
    {
        var (documents, meanLength, counts) = Count(texts, run.CancellationToken);
        var terms = Enumerable.Range(0, Buckets).Where(bucket => counts[bucket] >= 2 && counts[bucket] * 2L <= documents)
            .OrderByDescending(bucket => counts[bucket]).ThenBy(bucket => bucket).Take(MaxTerms).Order().ToArray();
        var weights = Array.ConvertAll(terms, bucket => (float)Math.Log(1 + (documents - counts[bucket] + 0.5) / (counts[bucket] + 0.5)));
        var plain = new HashedTextEncoder(terms, weights, default, terms.Length, meanLength);
        var svd = TruncatedSvd.Of(plain.Sample(texts, run.CancellationToken), dimension, run.Seed, run.Threads, run.CancellationToken);
        return new HashedTextEncoder(terms, weights, svd.Right, svd.Rank, meanLength);
    }

    public void Encode(ReadOnlySpan<string?> texts, Span<float> vectors, CancellationToken cancellationToken)
    {
        var (row, hashes) = (new TermRow(), new List<ulong>());
        vectors.Clear();
        for (var i = 0; i < texts.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Weigh(texts[i], hashes, row);
            var vector = vectors.Slice(i * Dimension, Dimension);
            for (var t = 0; t < row.Terms.Count; t++)
                TensorPrimitives.MultiplyAdd(_vectors.Span.Slice(row.Terms[t] * Dimension, Dimension), row.Values[t], vector, vector);
            Unit.Normalize(vector);
        }
    }

    public void Write(ArtifactWriter writer, string prefix) => writer
        .Tensor($"{prefix}.terms", _terms).Tensor($"{prefix}.weights", _weights).Tensor($"{prefix}.vectors", _vectors)
        .Tensor<float>($"{prefix}.mean_length", new[] { _meanLength });

    /// <exception cref="ModelArtifactException">The tensors are missing or do not fit together.</exception>
    public static HashedTextEncoder Read(ModelArtifact artifact, string prefix)
    {
        var (terms, weights, vectors, length) = (
            artifact.Tensor<int>($"{prefix}.terms"), artifact.Tensor<float>($"{prefix}.weights"),
            artifact.Tensor<float>($"{prefix}.vectors"), artifact.Tensor<float>($"{prefix}.mean_length"));
        if (weights.Length != terms.Length || length.Length != 1 || (terms.Length == 0 ? vectors.Length != 0 : vectors.Length % terms.Length != 0))
            throw new ModelArtifactException($"The text encoder '{prefix}' of the model artifact does not fit together.");
        using var lease = artifact.Lease();
        return new HashedTextEncoder(terms, weights, vectors, terms.Length == 0 ? 0 : vectors.Length / terms.Length, length.Span[0]);
    }

    private static (int Documents, float MeanLength, int[] Counts) Count(IReadOnlyList<string?> texts, CancellationToken cancellationToken)
    {
        var (counts, hashes, seen) = (new int[Buckets], new List<ulong>(), new HashSet<int>());
        var (documents, tokens) = (0, 0L);
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hashes.Clear();
            seen.Clear();
            TextTokens.Add(text, hashes);
            documents += hashes.Count > 0 ? 1 : 0;
            tokens += hashes.Count;
            foreach (var hash in hashes)
            {
                if (seen.Add(BucketOf(hash)))
                    counts[BucketOf(hash)]++;
            }
        }
        return (documents, (float)tokens / Math.Max(1, documents), counts);
    }

    private FeatureMatrix Sample(IReadOnlyList<string?> texts, CancellationToken cancellationToken)
    {
        var (starts, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        var (row, hashes, stride) = (new TermRow(), new List<ulong>(), Math.Max(1, (texts.Count + MaxSample - 1) / MaxSample));
        for (var i = 0; i < texts.Count; i += stride)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Weigh(texts[i], hashes, row);
            columns.AddRange(row.Terms);
            values.AddRange(row.Values);
            starts.Add(columns.Count);
        }
        return new FeatureMatrix([.. starts], [.. columns], [.. values], _terms.Length);
    }

    /// <summary>The known terms of a text with their BM25 weights, scaled to length 1.</summary>
    private void Weigh(string? text, List<ulong> hashes, TermRow row)
    {
        hashes.Clear();
        row.Clear();
        TextTokens.Add(text, hashes);
        foreach (var hash in hashes)
        {
            if (MemoryExtensions.BinarySearch(_terms.Span, BucketOf(hash)) is var term and >= 0)
                row.Count(term);
        }
        var norm = Saturation * (1 - LengthShare + LengthShare * hashes.Count / Math.Max(1, _meanLength));
        var values = CollectionsMarshal.AsSpan(row.Values);
        for (var t = 0; t < values.Length; t++)
            values[t] = (float)(_weights.Span[row.Terms[t]] * values[t] * (Saturation + 1) / (values[t] + norm));
        Unit.Normalize(values);
    }

    private static int BucketOf(ulong hash) => (int)(hash >> 44);

    /// <summary>How often each term occurs in a text, in order of its first appearance.</summary>
    private sealed class TermRow
    {
        private readonly Dictionary<int, int> _places = [];

        public List<int> Terms { get; } = [];
        public List<float> Values { get; } = [];

        public void Clear()
        {
            _places.Clear();
            Terms.Clear();
            Values.Clear();
        }

        public void Count(int term)
        {
            if (_places.TryAdd(term, Terms.Count))
            {
                Terms.Add(term);
                Values.Add(1);
                return;
            }
            Values[_places[term]]++;
        }
    }
}
