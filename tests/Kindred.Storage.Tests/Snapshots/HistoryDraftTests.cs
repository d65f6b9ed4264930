using CsCheck;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Import;
using Kindred.Storage.Snapshots;
using Kindred.Storage.Tests.Import;
using Kindred.Storage.Tests.Schemas;

namespace Kindred.Storage.Tests.Snapshots;

public sealed class HistoryDraftTests
{
    private const string Header = "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE\n";

    // Time 9 is no time: such rows are refused after their user and item were read.
    private static readonly Gen<(int User, int Item, int Time, int Type)[]> Rows = Gen.Select(
        Gen.Int[0, 12], Gen.Int[0, 6], Gen.Int[0, 9], Gen.Int[0, 2]).Array[1, 60];

    [Fact]
    public Task Complete_RowsOfAnImportAfterThoseBefore_IsTheSnapshotOfAllSegments() => Gen.Select(Rows, Rows).SampleAsync(async (before, rows) =>
    {
        using var folder = new TemporaryFolder();
        var first = await ImportAsync(folder, [(0, 0, 0, 0), .. before], sequence: 1, history: null);
        var dataset = Dataset(first);
        using var draft = await BeginAsync(folder, dataset);
        var second = await ImportAsync(folder, [(1, 1, 1, 1), .. rows], sequence: 2, draft);

        var snapshot = await draft.CompleteAsync(default);

        var job = Importing.Job(folder);
        var expected = await DatasetSnapshots.BuildAsync(job.Artifacts, job.DatasetGroupArn, Dataset(first, second), default);
        Assert.Equal(await File.ReadAllBytesAsync(folder.At(expected)), await File.ReadAllBytesAsync(folder.At(snapshot)));
    }, iter: 100);

    [Fact]
    public async Task Complete_MoreIdsThanMemoryIsGranted_IsRefusedWhenTheImportHasReportedItsRows()
    {
        using var folder = new TemporaryFolder();
        using var draft = await BeginAsync(folder, Dataset(), mostIdBytes: 100_000);
        var outcome = await ImportAsync(folder, [.. Enumerable.Range(0, 30_000).Select(i => (i, i, i % 10, 0))], sequence: 1, draft);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => draft.CompleteAsync(default));

        Assert.Equal(RefusalCode.LimitExceeded, refusal.Code);
        Assert.Equal((27_000, 3_000), (outcome.GoodRows, outcome.BadRows));
    }

    [Fact]
    public async Task Dispose_NotCompleted_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var segment = (await ImportAsync(folder, [(1, 1, 1, 1)], sequence: 1, history: null)).Segments[0];
        var before = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);

        (await BeginAsync(folder, Dataset() with { BulkSegments = [segment] })).Dispose();

        Assert.Equal(before, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    private static async Task<HistoryDraft> BeginAsync(TemporaryFolder folder, DatasetData dataset, long mostIdBytes = long.MaxValue)
    {
        var job = Importing.Job(folder);
        return (await HistoryDraft.BeginAsync(job.Artifacts, job.DatasetGroupArn, dataset, mostIdBytes, default))!;
    }

    private static DatasetData Dataset(params ImportOutcome[] outcomes) => new()
    {
        DatasetArn = Arn.Dataset("us-east-1", "123456789012", "shop", "INTERACTIONS"), DatasetType = DatasetTypes.Interactions, Schema = SchemaTexts.Interactions,
        BulkSegments = [.. outcomes.SelectMany(outcome => outcome.Segments)],
    };

    private static Task<ImportOutcome> ImportAsync(
        TemporaryFolder folder, (int User, int Item, int Time, int Type)[] rows, long sequence, HistoryDraft? history)
    {
        var csv = Header + string.Concat(rows.Select(r => $"u{r.User},i{r.Item},{(r.Time == 9 ? "noon" : r.Time)},t{r.Type},,\n"));
        return Importing.RunAsync(Importing.Job(folder, Importing.Text(csv)) with { Sequence = sequence, History = history });
    }
}
