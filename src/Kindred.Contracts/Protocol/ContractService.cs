namespace Kindred.Contracts.Protocol;

/// <summary>The three services of the contract. One base URL serves them all, because no path collides.</summary>
public enum ContractService
{
    /// <summary>awsJson 1.1: <c>POST /</c>, the operation named by <c>X-Amz-Target</c>.</summary>
    Control,
    /// <summary>restJson1: recommendations, one path an operation.</summary>
    Runtime,
    /// <summary>restJson1: events and records, one path an operation.</summary>
    Events,
}
