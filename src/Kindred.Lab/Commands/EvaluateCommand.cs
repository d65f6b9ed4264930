using System.CommandLine;
using Kindred.Lab.Consoles;
using Kindred.Lab.Evaluations;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Commands;

/// <summary><c>evaluate</c>: how well a recipe does on data that it has not seen.</summary>
internal static class EvaluateCommand
{
    private const int DefaultTestUsers = 50_000;

    public static Command Create()
    {
        var options = new CommonOptions();
        var protocol = CommonOptions.Text("--protocol", "name", $"{string.Join(", ", EvaluationProtocols.Names)} (leave-one-out)");
        var keepSeen = new Option<bool>("--keep-seen") { Description = "items that a user has already met compete as well" };
        var testUsers = CommonOptions.Text("--test-users", "number", $"most test users; of more, this many are drawn ({DefaultTestUsers:N0})");
        var command = new Command("evaluate", "Hides a part of the data, trains on the rest, and measures whether the recipe finds what was hidden.")
        {
            options.Interactions, options.Items, options.Users, options.Recipe, protocol, options.Set, options.Budget,
            keepSeen, testUsers, options.Seed, options.Threads, options.Json,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new EvaluationRequest
            {
                Files = options.FilesOf(parsed),
                Recipe = options.RecipeOf(parsed),
                Protocol = EvaluationProtocols.Find(parsed.GetValue(protocol) ?? EvaluationProtocols.Names[0]),
                KeepSeen = parsed.GetValue(keepSeen),
                TestUsers = parsed.GetValue(testUsers) is { } text ? OptionText.Integer("--test-users", text, 1) : DefaultTestUsers,
                Seed = options.SeedOf(parsed),
                Threads = options.ThreadsOf(parsed),
            },
            parsed.GetValue(options.Json), cancellationToken)));
        return command;
    }

    private static int Run(EvaluationRequest request, bool asJson, CancellationToken cancellationToken)
    {
        var report = ProgressDisplay.Run(
            "evaluate", progress => Evaluation.Run(request, new TrainingRun(request.Seed, request.Threads, progress, cancellationToken)));
        if (asJson)
            EvaluationJson.Write(report, Console.OpenStandardOutput());
        else
            EvaluationText.Write(report, Console.Out);
        return LabExitCodes.Done;
    }
}
