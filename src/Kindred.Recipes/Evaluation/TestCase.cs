namespace Kindred.Recipes.Evaluation;

/// <summary>One test user of a protocol.</summary>
/// <param name="InputStart">First interaction of the input, in the log of inputs.</param>
/// <param name="InputEnd">The input ends before this one; equal to the start for a user without any.</param>
/// <param name="Truth">Codes of the items that should come out on top, at least one, each once.</param>
public readonly record struct TestCase(int InputStart, int InputEnd, int[] Truth)
{
    /// <summary>
    /// The interaction of the log of inputs that a service would be asked before, whose context it would then be told; -1 = it is told
    /// nothing.
    /// </summary>
    public int Asked { get; init; } = -1;
}
