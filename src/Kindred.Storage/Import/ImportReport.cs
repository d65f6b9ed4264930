using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;

namespace Kindred.Storage.Import;

/// <summary>How the rows of an import fared; kept beside the rows that it refused, whether the job failed or not.</summary>
/// <param name="GoodRows">Rows that fit. They were imported only if the job did not fail.</param>
/// <param name="RefusedRows">Rows that did not; the quarantine file lists them.</param>
/// <param name="FutureRows">Good rows whose time had not come when they were read, by less than a day.</param>
/// <param name="Faults">Why rows were refused, by column, the most frequent first.</param>
public sealed record ImportReport(long GoodRows, long RefusedRows, long FutureRows, IReadOnlyList<ColumnFaults> Faults)
{
    /// <returns>The report, or null when the job has not come so far as to make one.</returns>
    public static Task<ImportReport?> FindAsync(
        IArtifactStore artifacts, Arn datasetGroup, Arn importJob, CancellationToken cancellationToken) =>
        FindAsync(artifacts, ArtifactNames.ImportReportOf(datasetGroup, importJob), cancellationToken);

    internal static async Task<ImportReport?> FindAsync(IArtifactStore artifacts, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        try
        {
            using var copy = await artifacts.OpenAsync(name, cancellationToken);
            await using var file = File.OpenRead(copy.Path);
            return await JsonSerializer.DeserializeAsync(file, ImportReportJson.Default.ImportReport, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    internal Task WriteAsync(IArtifactStore artifacts, Arn datasetGroup, Arn importJob, CancellationToken cancellationToken) =>
        WriteAsync(artifacts, ArtifactNames.ImportReportOf(datasetGroup, importJob), cancellationToken);

    internal async Task WriteAsync(IArtifactStore artifacts, string name, CancellationToken cancellationToken)
    {
        using var draft = artifacts.Begin(name);
        await using (var file = new FileStream(draft.Path, FileMode.CreateNew, FileAccess.Write))
            await JsonSerializer.SerializeAsync(file, this, ImportReportJson.Default.ImportReport, cancellationToken);
        await draft.PublishAsync(cancellationToken);
    }
}

/// <summary>The rows that were refused because of one column.</summary>
/// <param name="Column">Empty when it was the row as a whole.</param>
/// <param name="Example">The first of them: file, line and reason.</param>
public sealed record ColumnFaults(string Column, long Rows, string Example);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportReportJson : JsonSerializerContext;
