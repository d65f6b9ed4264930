using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Kindred.Testing.Telemetry;

/// <summary>Hears everything that one meter of this process measures.</summary>
public sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, string> Tags)> _heard = new();

    public Measurements(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>Asks the instruments that are only read.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <returns>What an instrument measured under these tags, and others perhaps.</returns>
    public IReadOnlyList<double> Of(string instrument, params (string Name, string Value)[] tags) =>
        [.. _heard.Where(one => one.Instrument == instrument && tags.All(tag => one.Tags.GetValueOrDefault(tag.Name) == tag.Value)).Select(one => one.Value)];

    /// <summary>The names of the tags that an instrument used.</summary>
    public IReadOnlySet<string> TagsOf(string instrument) =>
        _heard.Where(one => one.Instrument == instrument).SelectMany(one => one.Tags.Keys).ToHashSet();

    public void Dispose() => _listener.Dispose();

    private void Hear(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var named = new Dictionary<string, string>();
        foreach (var (name, tag) in tags) named[name] = tag?.ToString() ?? "";
        _heard.Enqueue((instrument, value, named));
    }
}
