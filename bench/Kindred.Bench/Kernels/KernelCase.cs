namespace Kindred.Bench.Kernels;

/// <summary>One kernel on one shape.</summary>
/// <param name="Name">As the report shows it.</param>
/// <param name="Peer">What the script of the peers calls it.</param>
/// <param name="Shape">As the script wants it.</param>
/// <param name="Operations">Floating-point operations of a call, for products; 0 elsewhere.</param>
/// <param name="Run">A call on the data it closes over.</param>
internal sealed record KernelCase(string Name, string Peer, int[] Shape, double Operations, Action Run);
