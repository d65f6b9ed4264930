using Kindred.Storage.Events;

namespace Kindred.Storage.Tests.Events;

/// <summary>The process that a durability test kills: many writers append events and announce each acknowledged one on stdout.</summary>
internal static class EventWriterProcess
{
    public const string Mode = "--write-events-until-killed";
    private const int Writers = 16;

    public static async Task<int> RunAsync(string folder)
    {
        await using var store = new DiskEventLog(new StorageOptions { DataPath = folder });
        await store.CreateAsync(Samples.Group, default);
        var process = Environment.ProcessId;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                var id = $"{process}-{writer}-{i}";
                await store.AppendAsync(Samples.Group, [Samples.View("user", "item", i, id)], default);
                Console.WriteLine(id);
            }
        }));
        return 0;
    }
}
