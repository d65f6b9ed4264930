using System.Collections.Concurrent;
using System.Net;
using Kindred.Api.Proxies;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Limits;

/// <summary>How many connections each address has open: one too many is closed at once, so that no address takes all there are.</summary>
public sealed partial class ConnectionCounts(DoorLimits limits, ProxyOptions proxies, ILogger<ConnectionCounts> logger)
{
    private readonly ConcurrentDictionary<IPAddress, int> _open = new();

    /// <summary>Stands before every endpoint of the server.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        // Behind a proxy stand many clients, and on this machine nobody from outside.
        if (remote is null || IPAddress.IsLoopback(remote) || proxies.Trusts(remote))
        {
            await next(connection);
            return;
        }

        var address = ClientNetwork.Of(remote);
        try
        {
            var open = _open.AddOrUpdate(address, 1, static (_, open) => open + 1);
            if (open > limits.ConnectionsPerAddress)
            {
                if (open == limits.ConnectionsPerAddress + 1) LogTooMany(address, open);
                connection.Abort(new ConnectionAbortedException("This address has too many open connections."));
                return;
            }
            await next(connection);
        }
        finally
        {
            // Taken out with the last one: addresses that have left are not remembered.
            while (_open.TryGetValue(address, out var open))
            {
                if (open == 1 ? _open.TryRemove(new(address, 1)) : _open.TryUpdate(address, open - 1, open)) break;
            }
        }
    };

    [LoggerMessage(EventId = 4103, EventName = "TooManyConnections", Level = LogLevel.Warning,
        Message = "Audit: {Address} opens more connections than one address may have: {Open}")]
    private partial void LogTooMany(IPAddress address, int open);
}
