using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kindred.EndToEnd.Tests.Architecture;

/// <summary>One word for one thing: a simple name means one type, whichever room the reader is in.</summary>
public sealed class UniqueNameTests
{
    /// <summary>Names that two rooms may share, and why.</summary>
    private static readonly Dictionary<string, string> Shared = new()
    {
        ["Faults"] = "what is wrong with a request, and with an account that somebody makes",
        ["Sessions"] = "those that people sign in to, and those that shoppers' events belong to: both fields call them so",
        ["Program"] = "the compiler's name for the entry of an executable",
        ["First"] = "the first migration of the accounts, one of each database",
        ["_Imports"] = "Razor\'s name for the usings of a folder",
        ["MetricAttribution"] = "personalize and personalize-events each define one, and the records are generated from both",
    };

    [Fact]
    public void Types_OfTheProduct_ShareNoSimpleName()
    {
        var doubled = DependencyArrowTests.ProductAssemblies().SelectMany(assembly => assembly.GetTypes()).Where(IsWritten)
            .GroupBy(type => type.Name).Where(group => group.Count() > 1 && !Shared.ContainsKey(group.Key))
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.FullName))}");

        Assert.Empty(doubled);
    }

    /// <summary>Nested types are named by the type around them; what a generator made carries the name of what it serves.</summary>
    private static bool IsWritten(Type type) =>
        !type.IsNested && type.Namespace?.StartsWith("Kindred.", StringComparison.Ordinal) == true && type.Name[0] is not ('<' or '_')
        && !type.Namespace.Contains(".Migrations.", StringComparison.Ordinal)
        && type.GetCustomAttribute<GeneratedCodeAttribute>() is null && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null;
}
