using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Kindred.Host.Logs;

/// <summary>One event, one line: <c>22:05:01 warn message</c>. Line breaks in a message are shown as spaces; a stack trace keeps its lines.</summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "kindred";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (IsSaidByTheRunner(logEntry.Category, logEntry.EventId)) return;
        var message = VisibleText.Of(logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" "));
        textWriter.Write(clock.GetUtcNow().ToString("HH:mm:ss", null));
        textWriter.Write(Label(logEntry.LogLevel));
        textWriter.WriteLine(message);
        if (logEntry.Exception is { } failure) textWriter.WriteLine(failure);
    }

    /// <summary>Why a start failed: <c>HostRun</c> says it in one sentence, or shows the exception once.</summary>
    private static bool IsSaidByTheRunner(string category, EventId logged) =>
        (category, logged.Name) is ("Microsoft.Extensions.Hosting.Internal.Host", "HostedServiceStartupFaulted")
        or ("Microsoft.AspNetCore.Server.Kestrel", null or "");

    private static string Label(LogLevel level) => level switch
    {
        LogLevel.Critical => " FAIL ",
        LogLevel.Error => " ERR  ",
        LogLevel.Warning => " warn ",
        LogLevel.Information => " info ",
        _ => " dbug ",
    };
}
