using Kindred.Files;

namespace Kindred.Storage.Tests.Durability;

/// <summary>The process that a test kills while it is in the middle of a model: it says so on stdout and goes no further.</summary>
internal static class ModelWriterProcess
{
    public const string Mode = "--write-half-a-model";

    public static Task<int> RunAsync(string path)
    {
        DurableFile.WriteAllAtomic(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            stream.Flush();
            Console.WriteLine("half");
            Thread.Sleep(Timeout.Infinite);
        });
        return Task.FromResult(0);
    }
}
