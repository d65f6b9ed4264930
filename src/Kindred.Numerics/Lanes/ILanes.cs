namespace Kindred.Numerics.Lanes;

/// <summary>
/// The operations of one vector width, so that a kernel is written once and compiled for each width.
/// Every operation rounds like its scalar twin: kernels that work element by element give the same bits at every width.
/// </summary>
/// <typeparam name="TVector">The register: a vector of floats, or a single float.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    /// <summary>The first <paramref name="count"/> floats, the others 0; count is less than <see cref="Count"/>.</summary>
    static abstract TVector LoadPart(float* source, int count);

    static abstract void Store(TVector value, float* target);

    /// <summary>Stores the first <paramref name="count"/> floats; count is less than <see cref="Count"/>.</summary>
    static abstract void StorePart(TVector value, float* target, int count);

    /// <summary>The value in the first <paramref name="count"/> lanes, 0 in the others.</summary>
    static abstract TVector First(TVector value, int count);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Subtract(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    static abstract TVector SquareRoot(TVector value);

    /// <summary>The larger one; either if one is NaN.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>Where x is less than y, <paramref name="less"/>, else <paramref name="otherwise"/>; NaN is less than nothing.</summary>
    static abstract TVector SelectLess(TVector x, TVector y, TVector less, TVector otherwise);

    /// <summary>
    /// 2 to the power of (the low bits of the mantissa of <paramref name="shifted"/> less 1), for an integer n held as n + 1.5·2^23.
    /// </summary>
    static abstract TVector HalfPowerOfTwo(TVector shifted);

    /// <summary>The whole number n of a positive normal value m·2ⁿ with m in [√½, √2).</summary>
    static abstract TVector Exponent(TVector value);

    /// <summary>The m of a positive normal value m·2ⁿ with m in [√½, √2).</summary>
    static abstract TVector Mantissa(TVector value);

    /// <summary>The sum over the register.</summary>
    static abstract float Sum(TVector value);

    /// <summary>The largest of the register.</summary>
    static abstract float Largest(TVector value);
}
