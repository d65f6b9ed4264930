namespace Kindred.Contracts.Refusals;

/// <summary>Why a request was refused. The numbers are stored and sent: they are only ever appended.</summary>
public enum RefusalCode
{
    InvalidInput = 1,
    ResourceNotFound = 2,
    ResourceAlreadyExists = 3,
    ResourceInUse = 4,
    LimitExceeded = 5,
    InvalidNextToken = 6,
    TooManyTags = 7,
    TooManyTagKeys = 8,
    AccessDenied = 9,
    ServiceUnavailable = 10,
    TooLarge = 11,
    /// <summary>The request is no JSON object.</summary>
    Malformed = 12,
    /// <summary>There is no such operation, or this process does not serve it.</summary>
    UnknownOperation = 13,
    /// <summary>There are more requests than whoever sends them may send; the same one later may be answered.</summary>
    Throttled = 14,
}
