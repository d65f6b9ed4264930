using System.Diagnostics;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Telemetry;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Kindred.Storage.Catalog;

/// <summary>Reads key ranges of the table that the grains write. One index serves name, range and order.</summary>
internal sealed class ResourceCatalog(SqliteDatabase database, IOptions<ClusterOptions> cluster) : IResourceCatalog
{
    // Greater in UTF-8 than any character that follows a prefix.
    private const string AfterEverything = "\U0010FFFF";

    public Task<IReadOnlyList<CatalogEntry<TState>>> ScanAsync<TState>(
        string stateName, string keyPrefix, string? afterKey, int limit, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(stateName);
        ArgumentNullException.ThrowIfNull(keyPrefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellationToken.ThrowIfCancellationRequested();

        using var activity = KindredTelemetry.Activities.StartActivity("read catalog", ActivityKind.Client);
        activity?.SetTag("db.system.name", "sqlite").SetTag("db.operation.name", "SELECT").SetTag("kindred.state.name", stateName);
        var continues = afterKey is not null && string.CompareOrdinal(afterKey, keyPrefix) > 0;
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = QueryText(continues);
        command.Parameters.AddWithValue("$service", cluster.Value.ServiceId);
        command.Parameters.AddWithValue("$state", stateName);
        command.Parameters.AddWithValue("$from", GrainKeyText.ToStored(continues ? afterKey! : keyPrefix));
        command.Parameters.AddWithValue("$to", GrainKeyText.ToStored(keyPrefix) + AfterEverything);
        command.Parameters.AddWithValue("$limit", limit);

        return Task.FromResult(ResourceRows.Read<TState>(command));
    }

    /// <param name="continues">The range begins after its lower bound instead of with it.</param>
    internal static string QueryText(bool continues) => $"""
        SELECT GrainIdExtensionString, PayloadBinary FROM OrleansStorage
        WHERE ServiceId = $service AND GrainTypeString = $state
          AND GrainIdExtensionString {(continues ? ">" : ">=")} $from AND GrainIdExtensionString < $to
          AND PayloadBinary IS NOT NULL
        ORDER BY GrainIdExtensionString LIMIT $limit
        """;
}
