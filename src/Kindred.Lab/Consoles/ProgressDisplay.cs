using Kindred.Recipes.Training;
using Spectre.Console;

namespace Kindred.Lab.Consoles;

/// <summary>Shows on standard error how far a piece of work is: a bar on a terminal, now and then a line elsewhere.</summary>
internal static class ProgressDisplay
{
    public static T Run<T>(string title, Func<IProgress<TrainingProgress>, T> work) => Run(title, (progress, _) => work(progress));

    /// <param name="title">What is being done.</param>
    /// <param name="work">Reports progress, and tells in a sentence what people should know before the end.</param>
    public static T Run<T>(string title, Func<IProgress<TrainingProgress>, Action<string>, T> work)
    {
        if (Console.IsErrorRedirected)
            return work(new ProgressLines(title, Console.Error), sentence => Console.Error.WriteLine($"{title}: {sentence}"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
                work(new Bar(title, context.AddTask(Markup.Escape(title), maxValue: 1)), sentence =>
                    console.MarkupLineInterpolated($"{title}: {sentence}")));
    }

    private sealed class Bar(string title, ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.Value = Math.Max(task.Value, value.Fraction);
            task.Description = Markup.Escape($"{title}: {value.Stage}");
        }
    }
}
