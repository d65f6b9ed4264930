using System.CommandLine;
using Kindred.Lab.Files;

namespace Kindred.Lab.Commands;

/// <summary>Options that several commands share. All take text, so that a wrong value gets a sentence of ours.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Interactions { get; } = Text(
        "--interactions", "file", "interactions: CSV or CSV.gz with USER_ID, ITEM_ID, TIMESTAMP, optional EVENT_TYPE, EVENT_VALUE");
    public Option<string?> Items { get; } = Text("--items", "file", "what is known about items: CSV with ITEM_ID and any columns");
    public Option<string?> Users { get; } = Text("--users", "file", "what is known about users: CSV with USER_ID and any columns");
    public Option<string?> Recipe { get; } = Text("--recipe", "name", $"a recipe, or auto to let the data choose ({RecipeChoice.Default})");
    public Option<string?> Budget { get; } = Text(
        "--budget", "duration", "how long to search for a recipe (auto) or for hyperparameters, e.g. 90s, 5m or 1h (auto: 5m)");
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "a hyperparameter, name=value; may be repeated",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };
    public Option<string?> Seed { get; } = Text("--seed", "number", "seed of every random choice (1)");
    public Option<string?> Threads { get; } = Text(
        "--threads", "number", $"threads that compute (all processors, here {Environment.ProcessorCount})");
    public Option<bool> Json { get; } = new("--json") { Description = "write the result to standard output as JSON" };

    public static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    public static string Require(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { Length: > 0 } value
            ? value
            : throw new UsageException($"{option.Name} is missing; see kindred-lab {parsed.CommandResult.Command.Name} --help.");

    public int SeedOf(ParseResult parsed) => parsed.GetValue(Seed) is { } text ? OptionText.Integer("--seed", text, int.MinValue) : 1;

    public int ThreadsOf(ParseResult parsed) =>
        parsed.GetValue(Threads) is { } text ? OptionText.Integer("--threads", text, 1, 1024) : Environment.ProcessorCount;

    public TimeSpan? BudgetOf(ParseResult parsed) => parsed.GetValue(Budget) is { } text ? OptionText.Duration("--budget", text) : null;

    public RecipeChoice RecipeOf(ParseResult parsed) =>
        RecipeChoice.Parse(parsed.GetValue(Recipe) ?? RecipeChoice.Default, parsed.GetValue(Set) ?? [], BudgetOf(parsed));

    public DatasetPaths FilesOf(ParseResult parsed) => new(Require(parsed, Interactions), parsed.GetValue(Items), parsed.GetValue(Users));
}
