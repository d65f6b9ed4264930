using System.Net.Sockets;

namespace Kindred.Bench.Serving;

/// <summary>What a .NET process that was started with <see cref="Environment"/> has allocated since its start.</summary>
internal sealed class AllocationMeter(string folder)
{
    public const string SocketVariable = "KINDRED_BENCH_ALLOCATIONS";

    private readonly string _socket = Path.Combine(folder, $"{Guid.NewGuid():N}"[..8]);

    /// <summary>For the process to be measured.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(AllocationMeter).Assembly.Location,
        [SocketVariable] = _socket,
    };

    /// <returns>Bytes.</returns>
    public long Read()
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        connection.Connect(new UnixDomainSocketEndPoint(_socket));
        var answer = new byte[sizeof(long)];
        for (var read = 0; read < answer.Length;)
        {
            var more = connection.Receive(answer.AsSpan(read));
            read += more > 0 ? more : throw new InvalidOperationException("The measured process ended.");
        }

        return BitConverter.ToInt64(answer);
    }
}
