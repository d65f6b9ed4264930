using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kindred.Testing.Telemetry;

/// <summary>Takes what a host exports over OTLP (HTTP, protobuf), on a free port of this machine.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _requests = new();
    private readonly ConcurrentQueue<ExportedSpan> _spans = new();
    private readonly ConcurrentQueue<string> _metrics = new();
    private int _logs;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", TakeAsync);
    }

    /// <summary>Spans that have arrived so far.</summary>
    public IReadOnlyCollection<ExportedSpan> Spans => _spans;

    /// <summary>Names of the metrics that have arrived so far.</summary>
    public IReadOnlySet<string> Metrics => _metrics.ToHashSet();

    /// <summary>How many log records have arrived so far.</summary>
    public int Logs => Volatile.Read(ref _logs);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What makes a host export to this receiver, as often as hosts do.</summary>
    public IReadOnlyDictionary<string, string> Address => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>Likewise, soon.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(Address)
    {
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
    };

    /// <summary>Whether any request of any signal has <paramref name="text"/> in it.</summary>
    public bool HasSeen(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return _requests.Any(request => request.AsSpan().IndexOf(bytes) >= 0);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, string signal)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = body.ToArray();
        _requests.Enqueue(request);
        // Resource, scope, record: three levels, with the same numbers for every signal.
        var records = ProtobufMessage.Read(request).Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2));
        foreach (var record in records)
        {
            if (signal == "traces") _spans.Enqueue(ExportedSpan.Of(record));
            else if (signal == "metrics") _metrics.Enqueue(record.Text(1));
            else Interlocked.Increment(ref _logs);
        }
        http.Response.ContentType = "application/x-protobuf";
    }
}
