namespace Kindred.Api.Protocol;

/// <summary>Marks endpoints of the API.</summary>
internal sealed class ForApi
{
    public static ForApi Instance { get; } = new();
}
