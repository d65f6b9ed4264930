namespace Kindred.Numerics.Optimization;

/// <summary>The settings of one step of <see cref="Adam"/>.</summary>
/// <param name="Rate">Learning rate; greater than 0.</param>
/// <param name="Beta1">Decay of the mean gradient per step, in [0, 1).</param>
/// <param name="Beta2">Decay of the mean squared gradient per step, in [0, 1).</param>
/// <param name="Epsilon">Added to the root of the mean square; greater than 0.</param>
/// <param name="Step">1 for the first step: the number of gradients so far, this one included.</param>
/// <param name="WeightDecay">
/// Share of a weight that a step of rate 1 takes off, apart from the gradient (Loshchilov, Hutter, 2019); at least 0.
/// </param>
public readonly record struct AdamStep(float Rate, float Beta1, float Beta2, float Epsilon, int Step, float WeightDecay = 0);
