using Kindred.Storage.Tests.Durability;
using Kindred.Storage.Tests.Events;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Kindred.Storage.Tests;

/// <summary>Runs the tests, or, when a durability test starts this executable again, the writer that the test will kill.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [StateWriterProcess.Mode, var folder] => StateWriterProcess.RunAsync(folder),
        [ModelWriterProcess.Mode, var path] => ModelWriterProcess.RunAsync(path),
        [EventWriterProcess.Mode, var folder] => EventWriterProcess.RunAsync(folder),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
