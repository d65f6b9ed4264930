using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Kindred.Grains.Jobs;

/// <summary>
/// Computes on a thread that steps back for others, so that requests are answered while every core trains. The threads that the work
/// starts step back as well. What the work must not do is start thread-pool threads: they would stay slow for whoever gets them next.
/// </summary>
internal static partial class BackgroundThread
{
    // Ten steps back, a thread gets a tenth of a core that another of normal priority wants as well.
    private const int Steps = 10;

    /// <summary>Runs <paramref name="work"/> on a thread of its own while the caller waits.</summary>
    public static T Run<T>(string name, Func<T> work)
    {
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(() =>
        {
            StepBack();
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }) { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>The calling thread steps back for others, for good: it has to be one of our own.</summary>
    // .NET's priorities mean nothing to Linux, where a thread has a niceness instead, which its threads inherit. Elsewhere the same call
    // would concern the whole process. Raising it back takes a privilege; therefore a thread of its own.
    public static void StepBack()
    {
        if (OperatingSystem.IsLinux()) _ = Nice(Steps);
    }

    /// <summary>Relative: a host that runs at a niceness of its own keeps the distance.</summary>
    [LibraryImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Nice(int increment);
}
