namespace Kindred.Numerics.Linear;

/// <summary>A matrix that had to be symmetric positive definite is not, or is not to the precision of its elements.</summary>
public sealed class NotPositiveDefiniteException : ArithmeticException
{
    public NotPositiveDefiniteException() { }
    public NotPositiveDefiniteException(string message) : base(message) { }
    public NotPositiveDefiniteException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The leading minor of order <paramref name="pivot"/> + 1 is not positive.</summary>
    internal static NotPositiveDefiniteException At(int pivot) =>
        new($"The matrix is not positive definite: its pivot {pivot} is not above 0. A larger regularisation makes it so.");
}
