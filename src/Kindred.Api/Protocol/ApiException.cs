namespace Kindred.Api.Protocol;

/// <summary>A request that the door itself refuses. The message goes to the client.</summary>
internal sealed class ApiException(ApiError error, string message) : Exception(message)
{
    public ApiError Error { get; } = error;
}
