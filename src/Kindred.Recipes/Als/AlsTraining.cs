using System.Globalization;
using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Sparse;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Als;

/// <summary>Alternating least squares: solves for all users, then for all items, and again.</summary>
internal sealed class AlsTraining
{
    private const string CheckpointName = "ials";
    private const int RowsPerBlock = 32;
    private const double MaxUnobservedWeight = 0.5; // in dense data the pairs without an interaction would outweigh those with one
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);

    private readonly TrainingRun _run;
    private readonly (SparsePattern Pattern, float[] Weights) _byUser;
    private readonly (SparsePattern Pattern, float[] Weights) _byItem;
    private readonly AlsSystem?[] _systems;

    public AlsTraining(InteractionLog log, AlsOptions options, TrainingRun run)
    {
        _run = run;
        Stride = StrideOf(options.Dimension);
        _systems = new AlsSystem?[run.Threads];
        run.Report(0, "counting interactions");
        _byUser = ByUser(log);
        Options = options with { UnobservedWeight = options.UnobservedWeight ?? Math.Min(MaxUnobservedWeight, options.UnobservedMass * Density()) };
        _byItem = Transpose(_byUser.Pattern, _byUser.Weights);
        (Users, Items) = (new float[checked(log.UserIds.Count * Stride)], new float[checked(log.ItemIds.Count * Stride)]);
    }

    /// <summary>The options, with the weight of a pair without an interaction worked out.</summary>
    public AlsOptions Options { get; }

    /// <summary>Floats from one row of factors to the next: whole cache lines, and what exceeds the dimension is zero.</summary>
    public int Stride { get; }

    /// <summary>Shape [users, Stride].</summary>
    public float[] Users { get; private set; }

    /// <summary>Shape [items, Stride].</summary>
    public float[] Items { get; private set; }

    public static int StrideOf(int dimension) => (dimension + 31) / 32 * 32;

    /// <summary>α₀·YᵀY, shape [stride, stride].</summary>
    public static float[] GramOf(ReadOnlySpan<float> factors, int stride, double unobservedWeight)
    {
        var gram = new float[stride * stride];
        var view = new MatrixView(factors, factors.Length / stride, stride);
        Gemm.Multiply(view.Transposed, view, gram, stride);
        TensorPrimitives.Multiply(gram, (float)unobservedWeight, gram);
        return gram;
    }

    /// <summary>Trains to the end, from the last checkpoint if there is one: the factors are the same either way.</summary>
    public void Run()
    {
        var fingerprint = _run.Checkpoints is null ? "" : Fingerprint();
        var epoch = Resume(fingerprint);
        if (epoch == 0)
            Initialize();
        var saved = DateTime.MinValue;
        for (; epoch < Options.Epochs; epoch++)
        {
            _run.Report((double)epoch / Options.Epochs, string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1} of {Options.Epochs}"));
            SolveSide(_byUser, Items, Users);
            SolveSide(_byItem, Users, Items);
            if (_run.Checkpoints is null || epoch + 1 == Options.Epochs || DateTime.UtcNow - saved < CheckpointEvery)
                continue;
            Save(fingerprint, epoch + 1);
            saved = DateTime.UtcNow;
        }
        // The user factors answer to the items as they are now.
        SolveSide(_byUser, Items, Users);
    }

    private void SolveSide((SparsePattern Pattern, float[] Weights) side, float[] others, float[] own)
    {
        var gram = GramOf(others, Stride, Options.UnobservedWeight!.Value);
        Workers.ForBlocks(side.Pattern.RowCount, RowsPerBlock, _run.Threads, (worker, from, to) =>
        {
            var system = _systems[worker] ??= new AlsSystem(Options, Stride);
            for (var row = from; row < to; row++)
            {
                var (start, end) = (side.Pattern.Starts[row], side.Pattern.Starts[row + 1]);
                system.Solve(
                    others, gram, side.Pattern.Columns.AsSpan(start..end), side.Weights.AsSpan(start..end),
                    own.AsSpan(row * Stride, Stride));
            }
        }, _run.CancellationToken);
    }

    /// <summary>Weight of all interactions over the number of pairs of users and items that have any.</summary>
    private double Density()
    {
        var users = Enumerable.Range(0, _byUser.Pattern.RowCount).Count(user => !_byUser.Pattern.Row(user).IsEmpty);
        var items = _byUser.Pattern.Columns.Distinct().Count();
        return TensorPrimitives.Sum<float>(_byUser.Weights) / Math.Max(1.0, (double)users * items);
    }

    /// <summary>Normal with a deviation of 0.1/√d, as the paper has it.</summary>
    private void Initialize()
    {
        var random = new Random(_run.Seed);
        var scale = 0.1 / Math.Sqrt(Options.Dimension);
        foreach (var factors in new[] { Items, Users })
        {
            for (var row = 0; row < factors.Length; row += Stride)
            {
                for (var i = 0; i < Options.Dimension; i++)
                    factors[row + i] = (float)(scale * Normal(random));
            }
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static (SparsePattern Pattern, float[] Weights) ByUser(InteractionLog log)
    {
        var users = UserItems.Of(log, HistoryItems.MaxItems, default);
        var scale = 1 / Math.Max(1e-6f, TensorPrimitives.Max(log.TypeWeights));
        var (starts, columns, weights) =
            (new int[log.UserIds.Count + 1], new List<int>(users.Pattern.Columns.Length), new List<float>(users.Pattern.Columns.Length));
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var row = users.Pattern.Row(user).ToArray();
            var rowWeights = users.Weights.IsEmpty ? Ones(row.Length) : users.WeightsOf(user).ToArray();
            Array.Sort(row, rowWeights);
            for (var i = 0; i < row.Length; i++)
            {
                if (rowWeights[i] <= 0)
                    continue;
                columns.Add(row[i]);
                weights.Add(rowWeights[i] * scale);
            }
            starts[user + 1] = columns.Count;
        }
        return (new SparsePattern(starts, [.. columns], log.ItemIds.Count), [.. weights]);
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }

    private static (SparsePattern, float[]) Transpose(SparsePattern pattern, float[] weights)
    {
        var positions = SparsePattern.PositionsByColumn(pattern.Columns, pattern.ColumnCount);
        return (pattern.Transpose(), Array.ConvertAll(positions.Columns, position => weights[position]));
    }

    private string Fingerprint()
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes<int>(_byUser.Pattern.Starts));
        hash.Append(MemoryMarshal.AsBytes<int>(_byUser.Pattern.Columns));
        hash.Append(MemoryMarshal.AsBytes<float>(_byUser.Weights));
        return $"{Options} seed {_run.Seed} {Convert.ToHexStringLower(hash.GetCurrentHash())}";
    }

    private void Save(string fingerprint, int epochs) => _run.Checkpoints!.Save(
        CheckpointName, fingerprint,
        new ArtifactWriter("kindred-ials").Fact("epochs", epochs.ToString(CultureInfo.InvariantCulture))
            .Tensor<float>("users", Users, columns: Stride).Tensor<float>("items", Items, columns: Stride),
        _run.CancellationToken);

    /// <returns>Epochs that need not be done again.</returns>
    private int Resume(string fingerprint)
    {
        using var checkpoint = _run.Checkpoints?.TryOpen(CheckpointName, fingerprint);
        if (checkpoint is null || !int.TryParse(checkpoint.Metadata.GetValueOrDefault("epochs"), CultureInfo.InvariantCulture, out var epochs))
            return 0;
        using var lease = checkpoint.Lease();
        (Users, Items) = (checkpoint.Tensor<float>("users").ToArray(), checkpoint.Tensor<float>("items").ToArray());
        return epochs;
    }
}
