namespace Kindred.Recipes.Training;

/// <summary>There is too little data to train on. The message is the solution version's <c>failureReason</c>.</summary>
public sealed class InsufficientDataException : Exception
{
    public InsufficientDataException() { }
    public InsufficientDataException(string message) : base(message) { }
    public InsufficientDataException(string message, Exception innerException) : base(message, innerException) { }
}
