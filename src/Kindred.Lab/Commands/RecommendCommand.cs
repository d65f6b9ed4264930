using System.CommandLine;
using Kindred.Lab.Consoles;
using Kindred.Lab.Recommendations;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Commands;

/// <summary><c>recommend</c>: a line of items for every user.</summary>
internal static class RecommendCommand
{
    private const double Megabyte = 1 << 20;

    public static Command Create()
    {
        var options = new CommonOptions();
        var model = CommonOptions.Text("--model", "file", "a model that train has written; or give --interactions to train one now");
        var history = CommonOptions.Text(
            "--history", "file", "events newer than those trained on, or whole histories of other users: CSV as --interactions");
        var users = CommonOptions.Text(
            "--users", "file", "whom to recommend to: one id per line, or CSV with USER_ID (users of the history, else all)");
        var candidates = CommonOptions.Text("--candidates", "file", "items to rank instead of the whole catalogue: CSV with USER_ID and ITEM_ID");
        var context = new Option<string[]>("--context")
        {
            Description = "what is known of the coming event, e.g. DEVICE=phone; for all users; may be repeated",
            HelpName = "name=value",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };
        var results = CommonOptions.Text("--num-results", "number", "most items per user (100; with --candidates all)");
        var keepSeen = new Option<bool?>("--keep-seen")
        {
            Description = "items that a user has met compete as well; false: never (as the model says: where users come back to them)",
        };
        var separator = CommonOptions.Text("--separator", "character", "between the items of a line: one character, space or tab (space)");
        var output = CommonOptions.Text("--output", "file", "a line user<TAB>item item item ... per user, best first; - for standard output");
        var command = new Command("recommend", "Recommends items to users, by a trained model or one trained for the occasion.")
        {
            model, options.Interactions, options.Items, options.Recipe, options.Set, options.Budget, history, users, candidates,
            context, results, keepSeen, separator,
            output, options.Seed, options.Threads, options.Json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new RecommendationRequest
            {
                Model = parsed.GetValue(model),
                History = parsed.GetValue(history),
                Users = parsed.GetValue(users),
                Candidates = parsed.GetValue(candidates),
                Context = ContextOf(parsed.GetValue(context)),
                NumResults = parsed.GetValue(results) is { } text ? OptionText.Integer("--num-results", text, 1, 1_000_000) : null,
                KeepSeen = parsed.GetValue(keepSeen),
                Separator = SeparatorOf(parsed.GetValue(separator)),
                Output = CommonOptions.Require(parsed, output),
                Seed = options.SeedOf(parsed),
                Threads = options.ThreadsOf(parsed),
            };
            return Task.FromResult(Run(WithSource(request, parsed, options), parsed.GetValue(options.Json), cancellationToken));
        });
        return command;
    }

    private static RecommendationRequest WithSource(RecommendationRequest request, ParseResult parsed, CommonOptions options)
    {
        var interactions = parsed.GetValue(options.Interactions);
        if ((request.Model is null) == (interactions is null))
            throw new UsageException("Either --model or --interactions is needed, and not both; see kindred-lab recommend --help.");
        if (request.Model is null)
            return request with
            {
                Files = new Files.DatasetPaths(interactions!, parsed.GetValue(options.Items), null),
                Recipe = options.RecipeOf(parsed),
            };
        return parsed.GetValue(options.Recipe) is null && parsed.GetValue(options.Set) is not { Length: > 0 }
            && parsed.GetValue(options.Items) is null
            ? request
            : throw new UsageException("--recipe, --set and --items belong to a training; --model has its own.");
    }

    private static Dictionary<string, string>? ContextOf(string[]? texts)
    {
        var context = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts ?? [])
        {
            if (text.Split('=', 2) is not [var name, var value] || name.Trim().Length == 0)
                throw new LabException($"--context is '{text}'; name=value was expected.");
            if (!context.TryAdd(name.Trim(), value.Trim()))
                throw new LabException($"--context gives {name.Trim()} twice.");
        }
        return context.Count == 0 ? null : context;
    }

    private static char SeparatorOf(string? text) => text switch
    {
        null or "space" => ' ',
        "tab" or "\\t" => '\t',
        [var one] when one is >= ' ' and < '\x7f' or '\t' => one,
        _ => throw new LabException($"--separator is '{text}'; one ASCII character, space or tab was expected."),
    };

    private static int Run(RecommendationRequest request, bool asJson, CancellationToken cancellationToken)
    {
        var report = ProgressDisplay.Run("recommend", progress =>
            Recommendation.Run(request, new TrainingRun(request.Seed, request.Threads, progress, cancellationToken)));
        if (request.Output == RecommendationRequest.StandardOutput)
            Write(report, request, Console.Error); // standard output has the recommendations
        else if (asJson)
            JsonOutput.Write(json => Write(report, request, json));
        else
            Write(report, request, Console.Out);
        return LabExitCodes.Done;
    }

    private static void Write(RecommendationReport report, RecommendationRequest request, TextWriter writer)
    {
        void Line(FormattableString text) => writer.WriteLine(FormattableString.Invariant(text));

        var origin = request.Model is null ? "trained" : "opened";
        var memory = FormattableString.Invariant($"peak memory {report.PeakBytes / Megabyte:N0} MB");
        var scoring = FormattableString.Invariant($"{report.Scoring.TotalSeconds:F1} s on {request.Threads} threads");
        Line($"recipe     {report.Recipe}, served by {report.Rung}; {origin} in {report.Training.TotalSeconds:F1} s");
        Line($"lists      {report.Users:N0} users, {report.Items:N0} items, {scoring}; {memory}");
        foreach (var note in report.Notes)
            Line($"note       {note}");
        if (request.Output != RecommendationRequest.StandardOutput)
            Line($"output     {request.Output}");
    }

    private static void Write(RecommendationReport report, RecommendationRequest request, System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteString("command", "recommend");
        json.WriteString("recipe", report.Recipe);
        json.WriteString("rung", report.Rung);
        json.WriteNumber("users", report.Users);
        json.WriteNumber("users_without_history", report.UsersWithoutHistory);
        json.WriteNumber("items", report.Items);
        json.WriteSeconds("training_seconds", report.Training);
        json.WriteSeconds("seconds", report.Scoring);
        json.WriteNumber("seed", request.Seed);
        json.WriteNumber("threads", request.Threads);
        json.WriteNumber("peak_bytes", report.PeakBytes);
        json.WriteString("output", request.Output);
        json.WriteTexts("notes", report.Notes);
    }
}
