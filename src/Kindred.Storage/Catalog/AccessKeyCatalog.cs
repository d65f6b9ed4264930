using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Kindred.Storage.Catalog;

/// <summary>Finds keys by the account in their payload, through the index that migration 2 makes.</summary>
internal sealed class AccessKeyCatalog(SqliteDatabase database, IOptions<ClusterOptions> cluster) : IAccessKeyCatalog
{
    // The condition and the expression must be those of the index, letter for letter: a parameter in their place would miss it.
    internal const string QueryText = $"""
        SELECT GrainIdExtensionString, PayloadBinary FROM OrleansStorage
        WHERE ServiceId = $service AND GrainTypeString = '{StateNames.AccessKey}' AND PayloadBinary IS NOT NULL
          AND json_extract(CAST(PayloadBinary AS TEXT), '$.s.account') = $account AND GrainIdExtensionString > $after
        ORDER BY GrainIdExtensionString LIMIT $limit
        """;

    public Task<IReadOnlyList<CatalogEntry<AccessKeyState>>> ListAsync(
        string account, string? afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellationToken.ThrowIfCancellationRequested();

        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = QueryText;
        command.Parameters.AddWithValue("$service", cluster.Value.ServiceId);
        command.Parameters.AddWithValue("$account", account);
        command.Parameters.AddWithValue("$after", GrainKeyText.ToStored(afterId ?? ""));
        command.Parameters.AddWithValue("$limit", limit);
        return Task.FromResult(ResourceRows.Read<AccessKeyState>(command));
    }
}
