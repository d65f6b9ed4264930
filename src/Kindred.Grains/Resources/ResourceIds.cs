using System.Security.Cryptography;
using System.Text;
using Kindred.Contracts.Access;

namespace Kindred.Grains.Resources;

/// <summary>
/// Ids for resources that the service names. They follow from the client's invocation id when there is one, so that a
/// retry of a call whose answer was lost names the same resource again.
/// </summary>
internal static class ResourceIds
{
    /// <summary>8 lower-case hexadecimal digits.</summary>
    /// <param name="parent">What the id must be unique in, such as the solution's ARN.</param>
    /// <param name="collisions">How many earlier choices were taken by somebody else.</param>
    public static string Short(Caller caller, string parent, int collisions = 0) =>
        Convert.ToHexStringLower(Bytes(caller, "id", parent, collisions).AsSpan(0, 4));

    /// <summary>A UUID in its usual spelling.</summary>
    public static string Uuid(Caller caller, string parent) => new Guid(Bytes(caller, "uuid", parent, 0).AsSpan(0, 16)).ToString();

    private static byte[] Bytes(Caller caller, string purpose, string parent, int collisions) =>
        caller.InvocationId is { } invocation
            ? SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{parent}\n{invocation}\n{collisions}"))
            : RandomNumberGenerator.GetBytes(32);
}
