using System.Text.RegularExpressions;
using Kindred.Testing;

namespace Kindred.EndToEnd.Tests.Deploy;

/// <summary>What deploy/Dockerfile, deploy/compose.yaml and .dockerignore say, as far as a machine without a container engine can follow them.</summary>
internal static partial class ImageRecipe
{
    private const string PublishFolder = "/app";

    public static string DockerfilePath { get; } = Path.Combine(RepositoryPaths.Root, "deploy", "Dockerfile");
    public static string ComposePath { get; } = Path.Combine(RepositoryPaths.Root, "deploy", "compose.yaml");

    /// <summary>Instructions, each on one line.</summary>
    private static string[] Instructions { get; } = ContinuationForm().Replace(File.ReadAllText(DockerfilePath), " ").Split('\n');

    /// <summary>
    /// The arguments of the image's <c>dotnet publish</c>, into another folder, as with <c>--build-arg READY_TO_RUN=false</c>: compiling all
    /// assemblies ahead takes minutes.
    /// </summary>
    public static string[] PublishArguments(string folder) =>
        [.. Instructions.Single(line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal))["RUN dotnet ".Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(argument => argument == PublishFolder ? folder : argument.Replace("$READY_TO_RUN", "false", StringComparison.Ordinal))];

    /// <summary>The environment of a container that compose starts with nothing set around it: the image's, then compose's.</summary>
    public static Dictionary<string, string> Environment()
    {
        var image = Instructions.Single(line => line.StartsWith("ENV ", StringComparison.Ordinal))["ENV ".Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (Name: pair[0], Value: pair[1]));
        var compose = VariableForm().Matches(File.ReadAllText(ComposePath)).Select(match => (Name: match.Groups[1].Value, Value: match.Groups[2].Value));
        return image.Concat(compose).ToDictionary(pair => pair.Name, pair => pair.Value);
    }

    /// <summary>The health check's command line in the image, and in compose.</summary>
    public static IReadOnlyList<string[]> HealthChecks() =>
        [Arguments(Instructions.Single(line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal)).Split("CMD")[1]),
            Arguments(File.ReadLines(ComposePath).Single(line => line.Contains("test: [", StringComparison.Ordinal)).Split(':', 2)[1])[1..]];

    /// <summary>Copies what .dockerignore lets into the build: folders and files of its exceptions, without those that it excludes again.</summary>
    public static void CopyContextTo(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        Assert.Equal("*", lines[0]);
        var excluded = lines.Where(line => line.StartsWith("**/", StringComparison.Ordinal)).Select(line => line[3..]).ToHashSet();
        foreach (var name in lines.Where(line => line[0] == '!').Select(line => line[1..]))
            Copy(Path.Combine(RepositoryPaths.Root, name), Path.Combine(folder, name), excluded);
    }

    private static void Copy(string from, string to, HashSet<string> excluded)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }
        Directory.CreateDirectory(to);
        foreach (var entry in Directory.EnumerateFileSystemEntries(from).Where(entry => !excluded.Contains(Path.GetFileName(entry))))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)), excluded);
    }

    private static string[] Arguments(string json) => System.Text.Json.JsonSerializer.Deserialize<string[]>(json)!;

    [GeneratedRegex(@"\\\n\s*")] private static partial Regex ContinuationForm();
    [GeneratedRegex(@"^      (\w+): \$\{\w+:-([^}]*)\}", RegexOptions.Multiline)] private static partial Regex VariableForm();
}
