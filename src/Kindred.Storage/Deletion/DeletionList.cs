using System.Text;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Storage.Import;

namespace Kindred.Storage.Deletion;

/// <summary>Reads the users to be forgotten from CSV files with a column USER_ID.</summary>
public static class DeletionList
{
    /// <summary>Most bytes of text that a list may have, after gzip is undone.</summary>
    public const long MaxBytes = 100L << 20;

    /// <exception cref="RefusedException">
    /// A file is no such CSV, has a row that cannot be read, or all of them have no user or more text than allowed: then nothing is
    /// deleted, because whom it was meant for is not known.
    /// </exception>
    public static async Task<DeletedUsers> ReadAsync(IReadOnlyList<CsvSource> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var ids = new List<string>();
        var bytesLeft = MaxBytes;
        foreach (var source in sources)
        {
            try
            {
                using var csv = CsvReader.Open(await source.OpenAsync(cancellationToken), source.Name, CsvFormat.Import);
                Read(csv, ids, bytesLeft, cancellationToken);
                bytesLeft -= csv.BytesRead;
            }
            catch (CsvException fault)
            {
                throw Refused(fault.Message);
            }
        }
        return ids.Count > 0 ? new DeletedUsers(ids) : throw Refused("The input names no user.");
    }

    private static void Read(CsvReader csv, List<string> ids, long mostBytes, CancellationToken cancellationToken)
    {
        var column = csv.Header.Names.ToList().IndexOf(ColumnNames.UserId);
        if (column < 0)
            throw Refused($"Input CSV is missing the following columns:[{ColumnNames.UserId}]. '{csv.Path}' has: {csv.Header}.");
        while (csv.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (csv.BytesRead > mostBytes) throw TooLarge();
            if (csv.Field(column) is { IsEmpty: false } id) ids.Add(Encoding.UTF8.GetString(id));
        }
    }

    public static RefusedException TooLarge() => Refused($"A data deletion job can read at most {MaxBytes >> 20} MiB of text; the data location holds more.");

    private static RefusedException Refused(string sentence) => new(RefusalCode.InvalidInput, sentence);
}
