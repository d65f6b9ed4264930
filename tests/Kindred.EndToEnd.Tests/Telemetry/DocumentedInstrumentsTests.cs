using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Kindred.Contracts.Telemetry;
using Kindred.EndToEnd.Tests.Architecture;
using Kindred.Testing;

namespace Kindred.EndToEnd.Tests.Telemetry;

public sealed class DocumentedInstrumentsTests
{
    [Fact]
    public void Page_ListsExactlyTheInstrumentsThatExist()
    {
        var exist = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == KindredTelemetry.Name) exist.Add($"{instrument.Name} {TypeOf(instrument)} {instrument.Unit}");
            },
        };
        listener.Start();
        // Whoever measures holds its instruments in static fields.
        foreach (var type in DependencyArrowTests.ProductAssemblies().SelectMany(assembly => assembly.GetTypes()).Where(Measures))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);

        var page = File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "observability.md"))
            .Where(line => line.StartsWith("| `kindred.", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1].Trim('`')} {cells[2]} {cells[3]}").Order(StringComparer.Ordinal);

        Assert.Equal(exist, page);
    }

    private static bool Measures(Type type) => !type.ContainsGenericParameters
        && type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(field => field.FieldType.IsAssignableTo(typeof(Instrument)));

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        "UpDownCounter" or "ObservableUpDownCounter" => "updowncounter",
        var other => other,
    };
}
