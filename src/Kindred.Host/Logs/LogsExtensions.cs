using Microsoft.Extensions.Logging.Console;

namespace Kindred.Host.Logs;

internal static class LogsExtensions
{
    /// <summary>Console lines only. While the demo draws its progress, nothing below a warning is shown.</summary>
    public static void AddKindredConsole(this ILoggingBuilder logging, IConfigurationManager configuration, bool demo)
    {
        if (demo) configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        logging.ClearProviders();
        logging.AddConsole(o => o.FormatterName = LineFormatter.FormatName);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}
