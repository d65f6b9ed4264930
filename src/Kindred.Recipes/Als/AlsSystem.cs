using System.Numerics.Tensors;
using Kindred.Numerics.Linear;

namespace Kindred.Recipes.Als;

/// <summary>
/// The least-squares problem of one user (or item), given the other side's factors Y: minimises
/// Σ_observed c·(1 - x·y)² + α₀·Σ_all (x·y)² + λ·(Σc + α₀·|Y|)^ν·|x|². For one thread at a time.
/// </summary>
/// <remarks>
/// Up to <see cref="MaxExact"/> factors exactly, by a Cholesky factorisation of α₀·YᵀY + Σ c·yyᵀ + penalty; above by three steps of conjugate
/// gradients from where x stands (Takács, Pilászy, Tikk, <em>Applications of the conjugate gradient method for implicit feedback
/// collaborative filtering</em>, RecSys 2011), which never form that matrix.
/// </remarks>
internal sealed class AlsSystem
{
    /// <summary>Factors up to which systems are solved exactly.</summary>
    public const int MaxExact = 128;

    private const int GradientSteps = 3;

    private readonly AlsOptions _options;
    private readonly double _unobserved;
    private readonly int _stride;
    private readonly float[] _matrix;
    private readonly float[] _residual;
    private readonly float[] _direction;
    private readonly float[] _image;

    public AlsSystem(AlsOptions options, int stride)
    {
        (_options, _stride) = (options, stride);
        _unobserved = options.UnobservedWeight
            ?? throw new ArgumentException("The weight of a pair without an interaction is not known yet.", nameof(options));
        _matrix = new float[IsExact ? stride * stride : 0];
        (_residual, _direction, _image) = (new float[stride], new float[stride], new float[stride]);
    }

    private bool IsExact => _options.Dimension <= MaxExact;

    /// <summary>Solves for one user.</summary>
    /// <param name="others">Y, shape [count, stride].</param>
    /// <param name="gram">α₀·YᵀY, shape [stride, stride].</param>
    /// <param name="columns">Rows of Y with an interaction.</param>
    /// <param name="weights">Their confidences c, above 0.</param>
    /// <param name="x">Receives the factors, shape [stride]; on entry where conjugate gradients start.</param>
    public void Solve(ReadOnlySpan<float> others, ReadOnlySpan<float> gram, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, Span<float> x)
    {
        var penalty = _options.Regularization
            * Math.Pow(TensorPrimitives.Sum(weights) + _unobserved * (others.Length / _stride), _options.FrequencyExponent);
        if (columns.IsEmpty)
            x.Clear();
        else if (IsExact)
            SolveExactly(others, gram, columns, weights, (float)penalty, x);
        else
            Descend(others, gram, columns, weights, (float)penalty, x);
    }

    private void SolveExactly(
        ReadOnlySpan<float> others, ReadOnlySpan<float> gram, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, float penalty, Span<float> x)
    {
        gram.CopyTo(_matrix);
        for (var i = 0; i < _stride; i++)
            _matrix[i * _stride + i] += penalty;
        x.Clear();
        NormalEquations.Add(others, columns, weights, _matrix, x);
        if (!SmallCholesky.TryFactor(_matrix, _stride, _stride))
            throw new NotPositiveDefiniteException("The factors of a user or item cannot be solved for; a larger regularization makes them so.");
        SmallCholesky.Solve(_matrix, _stride, x);
    }

    private void Descend(
        ReadOnlySpan<float> others, ReadOnlySpan<float> gram, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, float penalty, Span<float> x)
    {
        Apply(others, gram, columns, weights, penalty, x, _image);
        TensorPrimitives.Negate(_image, _residual);
        for (var i = 0; i < columns.Length; i++)
            TensorPrimitives.MultiplyAdd(others.Slice(columns[i] * _stride, _stride), weights[i], _residual, _residual);
        _residual.CopyTo(_direction.AsSpan());
        var before = TensorPrimitives.SumOfSquares<float>(_residual);
        for (var step = 0; step < GradientSteps && before > 1e-20f; step++)
        {
            Apply(others, gram, columns, weights, penalty, _direction, _image);
            var length = before / TensorPrimitives.Dot<float>(_direction, _image);
            TensorPrimitives.MultiplyAdd(_direction, length, x, x);
            TensorPrimitives.MultiplyAdd(_image, -length, _residual, _residual);
            var after = TensorPrimitives.SumOfSquares<float>(_residual);
            TensorPrimitives.MultiplyAdd(_direction, after / before, _residual, _direction);
            before = after;
        }
    }

    /// <summary>image = (α₀·YᵀY + Σ c·yyᵀ + penalty)·x</summary>
    private void Apply(
        ReadOnlySpan<float> others, ReadOnlySpan<float> gram, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, float penalty,
        ReadOnlySpan<float> x, Span<float> image)
    {
        TensorPrimitives.Multiply(x, penalty, image);
        for (var i = 0; i < x.Length; i++)
            TensorPrimitives.MultiplyAdd(gram.Slice(i * _stride, _stride), x[i], image, image);
        for (var i = 0; i < columns.Length; i++)
        {
            var y = others.Slice(columns[i] * _stride, _stride);
            TensorPrimitives.MultiplyAdd(y, weights[i] * TensorPrimitives.Dot(y, x), image, image);
        }
    }
}
