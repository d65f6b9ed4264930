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

    public static void ThrowIfNotMatrix(int length, int rows, int width, [CallerArgumentExpression(nameof(length))] string? name = null)
    {
        if (length != (long)rows * width)
            throw new ArgumentException($"The length is {length}; {rows} x {width} was expected.", name);
    }

    public static void ThrowIfNotRows(int length, int width, [CallerArgumentExpression(nameof(length))] string? name = null)
    {
        if (width == 0 ? length != 0 : length % width != 0)
            throw new ArgumentException($"The length is {length}, no whole number of rows of {width}.", name);
    }
}
