namespace Kindred.Numerics.Lanes;

/// <summary>
/// The operations of one vector width, so that a kernel is written once and compiled for each width.
/// Every operation rounds like its scalar twin, so kernels that add in the same order give the same bits at every width.
/// </summary>
/// <typeparam name="TVector">The register: a vector of floats, or a single float.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* target);

    static abstract TVector Broadcast(float value);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);
}
