namespace Kindred.Operations.ControlPlane;

/// <summary>One kind of list.</summary>
/// <param name="Operation">The operation that lists it.</param>
/// <param name="StateName">Full name of the states that are scanned.</param>
/// <param name="KeyPrefix">The range of their keys.</param>
/// <param name="Parent">The ARN that the client narrowed the list by, or empty.</param>
/// <param name="Summarize">The entry as the client sees it; null for a state that does not belong to the list.</param>
internal sealed record ResourceList<TState, TSummary>(
    string Operation, string StateName, string KeyPrefix, string Parent, Func<TState, TSummary?> Summarize)
    where TSummary : class;
