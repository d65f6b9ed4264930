using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Kindred.Demo;

/// <summary>What the demo shows: spinners and tables on a terminal, plain lines otherwise. Text to be copied is never wrapped.</summary>
/// <param name="plain">Plain lines only.</param>
internal sealed class DemoConsole(TextWriter output, bool plain)
{
    /// <summary>Standard output, with spinners if it is a terminal.</summary>
    public static DemoConsole Standard() => new(Console.Out, Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi);

    /// <summary>Does one step, showing that it runs and how long it took.</summary>
    public async Task<T> StepAsync<T>(string title, Func<Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        var result = plain ? await work() : await AnsiConsole.Status().StartAsync(Markup.Escape(title), _ => work());
        var seconds = clock.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        if (plain) output.WriteLine($"  {title}: {seconds} s");
        else AnsiConsole.MarkupLine($"  [green]✓[/] {Markup.Escape(title)} [grey]{seconds} s[/]");
        return result;
    }

    public void Headline(string text)
    {
        output.WriteLine();
        if (plain) output.WriteLine(text);
        else AnsiConsole.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    public void Line(string text) => output.WriteLine(text);

    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (plain)
        {
            foreach (var row in rows) output.WriteLine("  " + string.Join("  ", row.Where(cell => cell.Length > 0)));
            return;
        }

        var table = new Table().RoundedBorder().BorderColor(Color.Grey);
        foreach (var column in columns) table.AddColumn(Markup.Escape(column));
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
