using System.CommandLine;
using System.Runtime.InteropServices;
using Kindred.Files.Csv;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Commands;

/// <summary>Parses the command line, runs the command, and turns whatever went wrong into one sentence and an exit code.</summary>
internal static class LabCommandLine
{
    public static int Run(string[] args)
    {
        var root = new RootCommand("Trains, measures and applies Kindred's recipes on local CSV files, without a server.")
        {
            EvaluateCommand.Create(),
            TrainCommand.Create(),
            RecommendCommand.Create(),
            RecipesCommand.Create(),
        };
        var isTermination = false;
        using var cancellation = new CancellationTokenSource();
        // Cooperative: the command ends at the next look at its token, and leaves whole files only.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            isTermination |= context.Signal == PosixSignal.SIGTERM;
            cancellation.Cancel();
        }

        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors is [var error, ..])
                throw new UsageException(Sentence(error.Message, parsed.CommandResult.Command.Name));
            return parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(isTermination ? LabExitCodes.Terminated : LabExitCodes.Interrupted, "Cancelled.");
        }
        catch (UsageException e)
        {
            return Fail(LabExitCodes.Usage, e.Message);
        }
        catch (Exception e) when (IsAboutTheInput(e))
        {
            return Fail(LabExitCodes.Failed, e.Message);
        }
        catch (OutOfMemoryException)
        {
            return Fail(LabExitCodes.Failed, "There is not enough memory for this data; a machine with more, or fewer interactions, would do.");
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("KINDRED_LAB_TRACE") is null)
        {
            return Fail(
                LabExitCodes.Defect,
                $"A defect of kindred-lab stopped it ({e.GetType().Name}: {e.Message.TrimEnd('.')}); "
                + "set KINDRED_LAB_TRACE=1 to see where.");
        }
    }

    private static bool IsAboutTheInput(Exception e) => e is LabException or CsvException or InsufficientDataException
        or ModelArtifactException or IOException or UnauthorizedAccessException;

    private static int Fail(int code, string sentence)
    {
        Console.Error.WriteLine($"kindred-lab: {sentence.ReplaceLineEndings(" ")}");
        return code;
    }

    private static string Sentence(string message, string command) =>
        $"{message.ReplaceLineEndings(" ").TrimEnd('.')}; see kindred-lab {(command == "kindred-lab" ? "" : command + " ")}--help.";
}
