namespace Kindred.Serving.Filters;

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Column">From 1.</param>
/// <param name="Message">What was expected and what was found, a sentence without its place.</param>
public sealed record FilterFault(int Column, string Message)
{
    public override string ToString() => $"Column {Column}: {Message}";
}
