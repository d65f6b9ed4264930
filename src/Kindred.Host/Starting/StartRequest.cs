using System.Diagnostics.CodeAnalysis;
using Kindred.Host.Settings;

namespace Kindred.Host.Starting;

/// <summary>What a start was asked for, checked before anything is built.</summary>
internal sealed record StartRequest(HostArguments Arguments, KindredSettings Settings)
{
    /// <summary>Settings beside the executable, data where the caller stands.</summary>
    public static WebApplicationOptions WebOptions { get; } = new() { ContentRootPath = AppContext.BaseDirectory };

    /// <returns>False when the process should end now with <paramref name="exitCode"/>: help was asked for, or something is wrong
    /// and has been said.</returns>
    public static bool TryRead(string[] args, TextWriter output, TextWriter errors, [NotNullWhen(true)] out StartRequest? start, out int exitCode)
    {
        start = null;
        exitCode = ExitCodes.Success;
        var arguments = HostArguments.Parse(args, out var faults);
        if (arguments.Help)
        {
            output.WriteLine(HostArguments.Usage);
            return false;
        }

        var configuration = ReadConfiguration(arguments);
        var settings = faults.Count > 0 ? null : SettingsReader.Read(configuration, out faults);
        if (settings is null)
        {
            foreach (var fault in faults) errors.WriteLine(fault);
            exitCode = ExitCodes.BadSettings;
            return false;
        }

        if (!arguments.IsBeside && ListenAddresses.FindTaken(configuration) is { } taken)
        {
            errors.WriteLine($"{taken} is in use by another process. Stop that one, or choose another address with --urls.");
            exitCode = ExitCodes.Failed;
            return false;
        }

        start = new StartRequest(arguments, settings);
        return true;
    }

    /// <summary>The same sources in the same order as the web application's own: file, environment, command line.</summary>
    internal static IConfigurationRoot ReadConfiguration(HostArguments arguments) =>
        new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables().AddInMemoryCollection(arguments.Settings).Build();
}
