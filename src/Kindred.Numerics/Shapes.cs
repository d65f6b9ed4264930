using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Checks of shapes at the public doors.</summary>
internal static class Shapes
{
    public static void ThrowIfDifferent(int length, int expected, [CallerArgumentExpression(nameof(length))] string? name = null)
    {
        if (length != expected)
            throw new ArgumentException($"The length is {length}; {expected} was expected.", name);
    }
}
