namespace Kindred.Host.Settings;

/// <summary>The command line: an optional command, then <c>--name value</c> or <c>--name=value</c>.</summary>
internal sealed record HostArguments
{
    public const string Usage = """
        Kindred: personalization that you run yourself, with the wire protocol of Amazon Personalize.

          Kindred.Host                      serve on http://127.0.0.1:5080, data under ./data
          Kindred.Host demo                 make a shop, import, train, deploy, recommend, then keep serving
          Kindred.Host demo --data DIR      the same with your interactions.csv[.gz] (and items, users) from DIR
          Kindred.Host start-link           print a new link that makes an operator's account; the server may run meanwhile
          Kindred.Host reset-password MAIL  print a link with which somebody chooses a new password; likewise
          Kindred.Host health               say whether the host that runs with these settings takes work; 0 if it does

          --urls http://127.0.0.1:5080      where to listen; several are separated by ;
          --seed 7                          with demo: which shop to make
          --Kindred:DataPath ./data         any setting of docs/operations.md, by its full name;
                                            in the environment it is Kindred__DataPath
        """;

    public bool Demo { get; init; }
    public bool Help { get; init; }
    public bool StartLink { get; init; }
    /// <summary>The mail address of whoever gets a link for a new password; null without that command.</summary>
    public string? ResetPassword { get; init; }
    /// <summary>Whether it is a command that works beside a server and listens to nothing.</summary>
    public bool IsBeside => StartLink || ResetPassword is not null;
    /// <summary>With <see cref="Demo"/>: the folder with the user's own CSV files; null for the synthetic shop.</summary>
    public string? DemoData { get; init; }
    public int DemoSeed { get; init; } = 7;
    /// <summary>The rest, as configuration.</summary>
    public required IReadOnlyDictionary<string, string?> Settings { get; init; }

    public static HostArguments Parse(IReadOnlyList<string> args, out IReadOnlyList<string> faults)
    {
        var (found, settings) = (new List<string>(), new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase));
        faults = found;
        if (args.Any(a => a is "--help" or "-h" or "help")) return new HostArguments { Help = true, Settings = settings };

        var (demo, startLink, reset) = (args is ["demo", ..], args is ["start-link", ..], args is ["reset-password", ..]);
        var mail = reset && args.Count > 1 && !args[1].StartsWith('-') ? args[1] : null;
        if (reset && mail is null) found.Add("reset-password needs a mail address: reset-password MAIL.");
        for (var i = mail is not null ? 2 : demo || startLink || reset ? 1 : 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || name.Length == 2)
            {
                found.Add($"'{args[i]}' is not understood; the commands are 'demo', 'start-link', 'reset-password' and 'health', and options start with --. See --help.");
                continue;
            }

            if (value is null && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) value = args[++i];
            if (value is null) found.Add($"{name} needs a value: {name} VALUE.");
            else if (!IsKnown(name, demo))
                found.Add($"{name} is not an option{(IsKnown(name, true) ? " without the command 'demo'" : "")}. See --help.");
            else settings[name[2..].Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        var seed = 7;
        if (settings.Remove("seed", out var text) && !int.TryParse(text, out seed)) found.Add($"--seed is '{text}'; expected a whole number.");
        if (settings.Remove("data", out var data) && !Directory.Exists(data)) found.Add($"--data names '{data}', which is not a folder.");
        return new HostArguments { Demo = demo, StartLink = startLink, ResetPassword = mail, DemoData = data, DemoSeed = seed, Settings = settings };
    }

    private static bool IsKnown(string name, bool demo) =>
        name.Equals("--urls", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("--Kindred:", StringComparison.OrdinalIgnoreCase) || name.StartsWith("--Kindred__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("--Authentication:", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("--Logging:", StringComparison.OrdinalIgnoreCase)
        || (demo && (name is "--data" or "--seed"));
}
