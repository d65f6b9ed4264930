using System.Reflection;
using Kindred.Contracts.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kindred.Host.Telemetry;

/// <summary>
/// Traces, metrics and logs to an OTLP endpoint: only where <see cref="Endpoint"/> is set, and configured by OpenTelemetry's own variables.
/// </summary>
internal static class TelemetryExtensions
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string SamplerName = "OTEL_TRACES_SAMPLER";
    private static readonly string? Version = Assembly.GetExecutingAssembly().GetName().Version?.ToString();

    public static void AddKindredTelemetry(this WebApplicationBuilder builder)
    {
        if (!IsWanted(builder.Configuration)) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (builder.Configuration[ServiceName] is null) resource.AddService("kindred", serviceVersion: Version);
            })
            .WithMetrics(metrics => metrics
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddMeter("Microsoft.Orleans", KindredTelemetry.Name))
            .WithTracing(traces =>
            {
                // Not Microsoft.Orleans.Runtime: what silos say to each other would fill the list.
                traces.AddSource(RequestSpans.Source, "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", KindredTelemetry.Name)
                    .AddProcessor(new PersonalAttributes());
                if (builder.Configuration[SamplerName] is null) traces.SetSampler(TraceSampler.Create(TimeProvider.System));
            })
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    /// <summary>Grain calls carry the trace of their caller.</summary>
    public static ISiloBuilder AddKindredTraces(this ISiloBuilder silo) => IsWanted(silo.Configuration) ? silo.AddActivityPropagation() : silo;

    public static bool IsWanted(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Endpoint]);
}
