using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Storage.Schemas;

namespace Kindred.Portal.Sessions;

/// <summary>The columns of a project's datasets.</summary>
internal static class ProjectSchemas
{
    /// <returns>By the dataset's type, in any case; empty for a project without datasets.</returns>
    /// <inheritdoc cref="TenantSession.CallAsync{TRequest, TResponse}" path="/exception"/>
    public static async Task<IReadOnlyDictionary<string, ParsedSchema>> ReadAsync(
        TenantSession session, Arn group, CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<string, ParsedSchema>(StringComparer.OrdinalIgnoreCase);
        var datasets = await session.CallAsync<ListDatasetsRequest, ListDatasetsResponse>(
            group.Account, new() { DatasetGroupArn = group.ToString() }, cancellationToken);
        foreach (var dataset in datasets.Datasets ?? [])
        {
            var described = await session.CallAsync<DescribeDatasetRequest, DescribeDatasetResponse>(
                group.Account, new() { DatasetArn = dataset.DatasetArn! }, cancellationToken);
            var schema = await session.CallAsync<DescribeSchemaRequest, DescribeSchemaResponse>(
                group.Account, new() { SchemaArn = described.Dataset!.SchemaArn! }, cancellationToken);
            found[dataset.DatasetType!] = ParsedSchema.Parse(schema.Schema!.Schema!);
        }
        return found;
    }
}
