using System.Text;
using System.Text.RegularExpressions;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;
using Kindred.Storage;
using Kindred.Storage.Import;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;
using Kindred.Storage.Schemas;

namespace Kindred.Operations.Intake;

/// <summary>
/// From a file that somebody uploads to one that an import reads: its beginning, what its columns mean, a schema that fits it, and how its
/// rows would fare. Nothing is imported here. Whatever the file's size, it is read as a stream.
/// </summary>
public sealed partial class DataIntake(ObjectStore objects, StorageQuota quota, StorageOptions storage, TimeProvider clock) : IDisposable
{
    /// <summary>The bucket that uploads go to, one in every account.</summary>
    public const string Bucket = "uploads";
    private const string Uploads = $"s3://{Bucket}/";
    private const int RowsShown = 20;
    private const int RowsForTimes = 1_000;

    // Each reads a file of any size from end to end; whoever comes third waits.
    private readonly SemaphoreSlim _places = new(2);

    /// <summary>Largest file that an upload may have, in bytes.</summary>
    public long MaxBytes => storage.MaxUploadBytes;

    /// <summary>Keeps a file.</summary>
    /// <param name="project">The first part of its name, so that people find it again.</param>
    /// <param name="fileName">As the browser tells it; only what a name may have is taken from it.</param>
    /// <param name="sizeBytes">As far as it is known.</param>
    /// <exception cref="RefusedException">AccessDenied, TooLarge, or LimitExceeded: the tenant stores as much as it may.</exception>
    public async Task<ObjectReceipt> ReceiveAsync(
        Principal principal, string project, string fileName, Stream body, long? sizeBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Objects, "objects:Put");
        if (sizeBytes > MaxBytes) throw new RefusedException(RefusalCode.TooLarge, $"The file is larger than {MaxBytes} bytes.");
        var left = quota.Require(principal.Account, sizeBytes ?? 0);
        var key = $"{Plain(project)}/{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..6]}-{Plain(Path.GetFileName(fileName))}";
        return await objects.PutAsync(principal.Account, Bucket, key, body, Math.Min(MaxBytes, left), cancellationToken);
    }

    /// <param name="location">Of an upload: <c>s3://uploads/…</c>.</param>
    /// <param name="datasetType"><c>Interactions</c>, <c>Items</c>, <c>Users</c>, <c>Actions</c> or <c>Action_Interactions</c>.</param>
    /// <exception cref="RefusedException">There is no such upload, or it is no CSV with a header.</exception>
    public async Task<UploadPreview> PreviewAsync(
        Principal principal, string location, string datasetType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Objects, "objects:Get");
        var found = await FindAsync(principal, location, cancellationToken);
        return await ReadAsync(principal, found, csv =>
        {
            var (rows, columns) = (new List<string[]>(), csv.Header.Names);
            while (rows.Count < RowsForTimes && csv.Read(out var fault))
            {
                if (fault is null) rows.Add(Texts(csv));
            }
            return new UploadPreview(location, found.SizeBytes, columns, [.. rows.Take(RowsShown)], SuggestedMapping.For(datasetType, columns, rows));
        }, cancellationToken);
    }

    /// <summary>The mapping that somebody chose. How times are written follows from the column that now holds them.</summary>
    /// <param name="targets">See <see cref="ColumnMapping"/>.</param>
    /// <param name="rows">The first rows, as a preview has them.</param>
    public static ColumnMapping Mapped(string datasetType, IReadOnlyList<string?> targets, IReadOnlyList<IReadOnlyList<string>> rows) =>
        new(datasetType, targets, SuggestedMapping.FormOfTimes(targets, rows));

    /// <summary>Reads the whole file, up to three times: for its schema, for a copy with the dataset's columns, and as the import would.</summary>
    /// <param name="existingSchema">Of the dataset, when there is one: the file has to fit it. Null: a schema is made that fits the file.</param>
    /// <param name="progress">Told from any thread.</param>
    /// <exception cref="RefusedException">The mapping lacks a column, or the file cannot be read; the message says what to change.</exception>
    public async Task<PreparedUpload> PrepareAsync(
        Principal principal, string location, ColumnMapping mapping, string? existingSchema, IProgress<IntakeProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(mapping);
        principal.Require(AccessScopes.Objects, "objects:Put");
        var found = await FindAsync(principal, location, cancellationToken);
        await _places.WaitAsync(cancellationToken);
        try
        {
            var inferred = existingSchema is null ? await InferAsync(principal, found, mapping, progress, cancellationToken) : null;
            var schema = existingSchema ?? inferred!.Schema;
            var parsed = ParsedSchema.Parse(schema);
            ThrowIfLacking(parsed, mapping);
            var ready = await CopyAsync(principal, found, mapping, inferred?.Gaps ?? [], progress, cancellationToken);
            var source = new CsvSource(Path.GetFileName(ready.Location), stop => objects.OpenReadAsync(principal.Account, ready, stop));
            var check = await Task.Run(() => CsvDryRun.CheckAsync(
                source, parsed, mapping.DatasetType.ToUpperInvariant(), clock.GetUtcNow(),
                Stage(progress, "Trying out the import", ready.SizeBytes), cancellationToken), cancellationToken);
            return new PreparedUpload(ready.Location, schema, inferred?.Notes ?? [], inferred?.Tally, check);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private sealed record Inferred(string Schema, IReadOnlyList<string> Gaps, IReadOnlyList<string> Notes, DataTally Tally);

    private async Task<Inferred> InferAsync(
        Principal principal, StoredObject found, ColumnMapping mapping, IProgress<IntakeProgress>? progress, CancellationToken cancellationToken)
    {
        var read = Stage(progress, "Reading the columns", found.SizeBytes);
        return await ReadAsync(principal, found, csv =>
        {
            var rows = new InferableRows(csv, mapping);
            var name = Path.GetFileName(found.Location);
            var schema = SchemaInference.Infer(mapping.DatasetType, mapping.Names, rows.Read(read, cancellationToken), name);
            if (rows.Count == 0) throw new RefusedException(RefusalCode.InvalidInput, rows.WhyNone);
            return new Inferred(schema.Document, schema.Gaps, schema.Notes, rows.Tally);
        }, cancellationToken);
    }

    private async Task<StoredObject> CopyAsync(
        Principal principal, StoredObject found, ColumnMapping mapping, IReadOnlyList<string> gaps, IProgress<IntakeProgress>? progress,
        CancellationToken cancellationToken)
    {
        var csv = await OpenAsync(principal, found, cancellationToken);
        if (IsReadAsItIs(csv, mapping, gaps))
        {
            csv.Dispose();
            return found;
        }
        var key = CopyName().Replace(found.Location[Uploads.Length..], "") + ".columns.csv";
        var left = quota.Require(principal.Account, 0);
        await using var copy = new MappedCsv(csv, mapping, gaps, Stage(progress, "Arranging the columns", found.SizeBytes));
        var receipt = await Task.Run(
            () => objects.PutAsync(principal.Account, Bucket, key, copy, left, cancellationToken), cancellationToken);
        return await FindAsync(principal, receipt.Location, cancellationToken);
    }

    private static bool IsReadAsItIs(CsvReader csv, ColumnMapping mapping, IReadOnlyList<string> gaps) =>
        csv.Separator == ',' && gaps.Count == 0 && mapping.TimestampForm is TimestampForm.Seconds
        && mapping.Kept.All(i => mapping.Targets[i] == csv.Header.Names[i]);

    private static void ThrowIfLacking(ParsedSchema schema, ColumnMapping mapping)
    {
        var names = mapping.Names;
        var missing = schema.Fields.Where(f => !names.Contains(f.Name)).Select(f => f.Name).ToList();
        if (missing.Count == 0) return;
        throw new RefusedException(RefusalCode.InvalidInput,
            $"The dataset has columns that no column of the file stands for: {string.Join(", ", missing)}. Say which of them it is.");
    }

    private async Task<StoredObject> FindAsync(Principal principal, string location, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(location);
        var found = IsUpload(location)
            ? await objects.FindAsync(principal.Account, Bucket, location[Uploads.Length..], cancellationToken)
            : null;
        return found ?? throw new RefusedException(RefusalCode.ResourceNotFound, "There is no such upload any more. Choose the file again.");
    }

    private async Task<T> ReadAsync<T>(Principal principal, StoredObject found, Func<CsvReader, T> read, CancellationToken cancellationToken)
    {
        using var csv = await OpenAsync(principal, found, cancellationToken);
        try
        {
            return await Task.Run(() => read(csv), cancellationToken);
        }
        catch (CsvException fault)
        {
            throw new RefusedException(RefusalCode.InvalidInput, fault.Message);
        }
    }

    private async Task<CsvReader> OpenAsync(Principal principal, StoredObject found, CancellationToken cancellationToken)
    {
        var stream = await objects.OpenReadAsync(principal.Account, found, cancellationToken);
        try
        {
            return CsvReader.Open(stream, Path.GetFileName(found.Location), CsvFormat.DataFrame);
        }
        catch (CsvException fault)
        {
            throw new RefusedException(RefusalCode.InvalidInput, fault.Message);
        }
    }

    private static StageProgress? Stage(IProgress<IntakeProgress>? progress, string stage, long bytes) =>
        progress is null ? null : new StageProgress(progress, stage, bytes);

    private static string[] Texts(CsvReader csv)
    {
        var row = new string[csv.FieldCount];
        for (var i = 0; i < row.Length; i++) row[i] = Encoding.UTF8.GetString(csv.Field(i));
        return row;
    }

    private static string Plain(string name)
    {
        var plain = NotPlain().Replace(name, "-").Trim('-', '.');
        return plain.Length == 0 ? "file.csv" : plain.Length > 80 ? plain[^80..].TrimStart('-', '.') : plain;
    }

    [GeneratedRegex("[^A-Za-z0-9._-]+")] private static partial Regex NotPlain();
    [GeneratedRegex(@"(\.csv|\.tsv|\.txt)?(\.gz)?$", RegexOptions.IgnoreCase)] private static partial Regex CopyName();
}
