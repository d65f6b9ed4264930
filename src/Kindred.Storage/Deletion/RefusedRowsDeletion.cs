using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Files.Csv;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Import;

namespace Kindred.Storage.Deletion;

/// <summary>Takes the rows of some users out of the reports of what imports into a dataset group refused.</summary>
public static class RefusedRowsDeletion
{
    private const int Reason = 3; // file, line, column, reason, raw
    private const string Removed = "(an example that held a deleted user)";

    // What may stand around an id in a row that could not be read, and in a sentence about it.
    private static readonly char[] Around = [',', ';', '\t', ' ', '"', '\''];

    /// <returns>Rows that are gone from the reports.</returns>
    public static async Task<long> RunAsync(IArtifactStore artifacts, Arn datasetGroup, DeletedUsers users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(users);
        var folder = ArtifactNames.FolderOf(ArtifactNames.Quarantine, datasetGroup) + "/";
        var names = await artifacts.ListAsync(cancellationToken).Select(artifact => artifact.Name)
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).ToListAsync(cancellationToken);
        var rows = 0L;
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.EndsWith(".csv", StringComparison.Ordinal)) rows += await CleanRowsAsync(artifacts, name, users, cancellationToken);
            else if (name.EndsWith(".json", StringComparison.Ordinal)) await CleanReportAsync(artifacts, name, users, cancellationToken);
        }
        return rows;
    }

    private static async Task<long> CleanRowsAsync(IArtifactStore artifacts, string name, DeletedUsers users, CancellationToken cancellationToken)
    {
        using var copy = await artifacts.OpenAsync(name, cancellationToken);
        var count = 0L;
        Visit(copy.Path, users, static _ => { }, _ => count++);
        if (count == 0) return 0;
        using var draft = artifacts.Begin(name);
        await using (var file = new FileStream(draft.Path, FileMode.CreateNew, FileAccess.Write))
        {
            Visit(copy.Path, users, line =>
            {
                file.Write(line);
                file.WriteByte((byte)'\n');
            }, static _ => { });
        }
        await draft.PublishAsync(cancellationToken);
        return count;
    }

    private static void Visit(string path, DeletedUsers users, LineVisitor stays, LineVisitor goes)
    {
        using var file = File.OpenRead(path);
        var lines = new LineReader(file);
        var (report, raw) = (new CsvFields(), new CsvFields());
        while (lines.MoveNext())
        {
            var isHeld = lines.Number > 1 && Holds(lines.Line, report, raw, users);
            (isHeld ? goes : stays)(lines.Line);
        }
    }

    private static bool Holds(ReadOnlySpan<byte> line, CsvFields report, CsvFields raw, DeletedUsers users)
    {
        if (report.Split(line) is not null || report.Count < Reason + 2) return HoldsWord(Encoding.UTF8.GetString(line), users);
        var row = report.Field(line, Reason + 1);
        if (HoldsWord(Encoding.UTF8.GetString(report.Field(line, Reason)), users) || HoldsWord(Encoding.UTF8.GetString(row), users)) return true;
        // Ids that hold what else stands between words are found only as fields of the row.
        if (raw.Split(row) is not null) return false;
        for (var i = 0; i < raw.Count; i++)
        {
            if (users.Contains(Encoding.UTF8.GetString(raw.Field(row, i)))) return true;
        }
        return false;
    }

    private static async Task CleanReportAsync(IArtifactStore artifacts, string name, DeletedUsers users, CancellationToken cancellationToken)
    {
        if (await ImportReport.FindAsync(artifacts, name, cancellationToken) is not { } report) return;
        if (!report.Faults.Any(fault => HoldsWord(fault.Example, users))) return;
        var faults = report.Faults.Select(fault => HoldsWord(fault.Example, users) ? fault with { Example = Removed } : fault);
        await (report with { Faults = [.. faults] }).WriteAsync(artifacts, name, cancellationToken);
    }

    private static bool HoldsWord(string text, DeletedUsers users) => text.Split(Around).Any(users.Contains);

    private delegate void LineVisitor(ReadOnlySpan<byte> line);
}
