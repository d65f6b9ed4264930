using Kindred.Storage.Tests.State;

namespace Kindred.Storage.Tests.Durability;

/// <summary>The process that a durability test kills: many grains write, and each write that was acknowledged is announced on stdout.</summary>
internal static class StateWriterProcess
{
    public const string Mode = "--write-states-until-killed";
    public const int Writers = 8;

    public static string KeyOf(int writer) => $"writer-{writer}";

    public static async Task<int> RunAsync(string folder)
    {
        await using var silo = await TestSilo.StartAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var grain = silo.Grains.GetGrain<ILedgerGrain>(KeyOf(writer));
            while (true)
            {
                var sum = await grain.AddAsync(1);
                // Console.Out flushes every write, so a line that was acknowledged has left the process.
                Console.WriteLine($"{writer} {sum}");
            }
        }));
        return 0;
    }
}
