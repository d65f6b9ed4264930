using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Kindred.Grains.Jobs;

/// <summary>
/// Computes on a thread that steps back for others, so that requests are answered while every core trains. The threads that the work
/// starts step back as well. What the work must not do is start thread-pool threads: they would stay slow for whoever gets them next.
/// </summary>
internal static partial class BackgroundThread
{
    // At 10, a thread of normal priority gets nine tenths of a core that both want.
    private const int Niceness = 10;
    private const int ThisThread = 0;
    private const int OneProcess = 0;

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

    // .NET's priorities mean nothing to Linux, where a thread has a niceness instead, which its threads inherit. Elsewhere the same call
    // would concern the whole process. Raising it back takes a privilege; therefore a thread of its own.
    private static void StepBack()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(OneProcess, ThisThread, Niceness);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
