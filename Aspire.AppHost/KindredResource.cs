namespace Aspire.AppHost;

internal static class KindredResource
{
    /// <summary>
    /// One Kindred host on its own data folder, under a fixed address of this machine. The first start prints its access key once, to the
    /// resource's console log.
    /// </summary>
    /// <param name="dataPath">Absolute: the host's working folder is that of its project.</param>
    public static IResourceBuilder<ProjectResource> AddKindred(
        this IDistributedApplicationBuilder builder, string name, int port, string dataPath) =>
        builder.AddProject<Projects.Kindred_Host>(name)
            .WithEnvironment("Kindred__DataPath", dataPath)
            // The dashboard stops together with the host: without it, the host would wait ten seconds for its last export.
            .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000")
            .WithHttpEndpoint(port)
            .WithHttpHealthCheck("/health/ready");
}
