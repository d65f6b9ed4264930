using System.Reflection;
using NetArchTest.Rules;

namespace Kindred.EndToEnd.Tests.Architecture;

/// <summary>Keeps the table of rooms in docs/architecture.md true.</summary>
public sealed class DependencyArrowTests
{
    /// <summary>Each room and the rooms it may use, directly or through others.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Kindred.Contracts"] = [],
        ["Kindred.Files"] = [],
        ["Kindred.Numerics"] = [],
        ["Kindred.Recipes"] = ["Kindred.Files", "Kindred.Numerics"],
        ["Kindred.Storage"] = ["Kindred.Contracts", "Kindred.Files"],
        ["Kindred.Serving"] = ["Kindred.Contracts", "Kindred.Files", "Kindred.Numerics", "Kindred.Recipes", "Kindred.Storage"],
        ["Kindred.Grains"] = ["Kindred.Contracts", "Kindred.Files", "Kindred.Numerics", "Kindred.Recipes", "Kindred.Storage", "Kindred.Serving"],
        ["Kindred.Operations"] = ["Kindred.Contracts", "Kindred.Files", "Kindred.Numerics", "Kindred.Recipes", "Kindred.Storage", "Kindred.Serving"],
        // Not Serving: HTTP reaches recommendations and records through the operations only.
        ["Kindred.Api"] = ["Kindred.Contracts", "Kindred.Files", "Kindred.Storage", "Kindred.Operations"],
        ["Kindred.Identity"] = ["Kindred.Contracts", "Kindred.Files"],
        // Not Api: pages call the operations themselves, and never over HTTP.
        ["Kindred.Portal"] =
            ["Kindred.Contracts", "Kindred.Files", "Kindred.Identity", "Kindred.Operations", "Kindred.Serving", "Kindred.Storage"],
        ["Kindred.Client"] = [],
        ["Kindred.Demo"] = ["Kindred.Client", "Kindred.Files"],
        ["Kindred.Lab"] = ["Kindred.Files", "Kindred.Numerics", "Kindred.Recipes"],
    };

    /// <summary>Rooms whose file is named otherwise.</summary>
    private static readonly Dictionary<string, string> AssemblyNames = new() { ["Kindred.Lab"] = "kindred-lab" };

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Rooms))]
    public void Room_Types_UseOnlyRoomsThatTheArrowsAllow(string room)
    {
        var forbidden = Allowed.Keys.Append("Kindred.Host").Except(Allowed[room]).Where(other => other != room).ToArray();

        var result = Types.InAssembly(Load(room)).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, $"{room} uses a room that it must not know: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Room_References_AreOnlyThoseThatTheArrowsAllow(string room)
    {
        var references = Load(room).GetReferencedAssemblies().Select(r => r.Name!).Where(n => n.StartsWith("Kindred.", StringComparison.Ordinal));

        Assert.Empty(references.Except(Allowed[room]));
    }

    [Theory]
    [InlineData("Kindred.Contracts")]
    [InlineData("Kindred.Files")]
    [InlineData("Kindred.Numerics")]
    [InlineData("Kindred.Recipes")]
    [InlineData("Kindred.Storage")]
    [InlineData("Kindred.Serving")]
    [InlineData("Kindred.Grains")]
    [InlineData("Kindred.Operations")]
    [InlineData("Kindred.Lab")]
    [InlineData("Kindred.Client")]
    [InlineData("Kindred.Demo")]
    public void Room_BehindTheDoor_KnowsNothingOfHttp(string room)
    {
        var result = Types.InAssembly(Load(room)).ShouldNot().HaveDependencyOn("Microsoft.AspNetCore").GetResult();

        Assert.True(result.IsSuccessful, $"{room} knows HTTP: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Room_ThatMeasures_KnowsNothingOfWhoExports(string room)
    {
        var result = Types.InAssembly(Load(room)).ShouldNot().HaveDependencyOn("OpenTelemetry").GetResult();

        Assert.True(result.IsSuccessful, $"{room} knows OpenTelemetry: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Theory]
    [InlineData("Kindred.Files")]
    [InlineData("Kindred.Numerics")]
    [InlineData("Kindred.Recipes")]
    [InlineData("Kindred.Lab")]
    [InlineData("Kindred.Client")]
    [InlineData("Kindred.Demo")]
    public void Room_OfTheEngine_KnowsNothingOfOrleans(string room)
    {
        var result = Types.InAssembly(Load(room)).ShouldNot().HaveDependencyOn("Orleans").GetResult();

        Assert.True(result.IsSuccessful, $"{room} knows Orleans: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    internal static IEnumerable<Assembly> ProductAssemblies() => Allowed.Keys.Append("Kindred.Host").Select(Load);

    private static Assembly Load(string room) => Assembly.Load(AssemblyNames.GetValueOrDefault(room, room));
}
