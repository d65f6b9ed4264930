using Kindred.Api.Protocol;
using Kindred.Contracts.Access;

namespace Kindred.Api.Authentication;

/// <summary>A request that has proved whose it is, with its whole body, which is given back when this is disposed.</summary>
internal readonly struct AuthenticRequest(Principal principal, RequestBody body) : IDisposable
{
    public Principal Principal => principal;
    public ReadOnlyMemory<byte> Body => body.Bytes;

    public void Dispose() => body.Dispose();
}
