using System.Globalization;
using System.Text;
using CsCheck;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Datasets;
using Kindred.Storage.Import;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;
using Kindred.Storage.Tests.Schemas;
using static Kindred.Storage.Tests.Import.Importing;

namespace Kindred.Storage.Tests.Import;

public sealed class CsvImporterTests
{
    private const string Header = "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE";
    private const string Good = "u1,i1,1700000000,View,1.5,phone";

    [Fact]
    public Task Import_AnyQuotingOrderAndNewlines_GivesExactlyTheRows() => CsvTexts.Table.SampleAsync(async table =>
    {
        using var folder = new TemporaryFolder();
        var schema = ParsedSchema.Parse(SchemaTexts.Of("Items", [.. CsvTexts.Columns.Select(c => $$"""{"name":"{{c}}","type":{{(c == "ITEM_ID" ? "\"string\"" : "[\"null\",\"string\"]")}}}""")]));

        var outcome = await RunAsync(Job(folder, Bytes(table.Csv)) with { DatasetType = "ITEMS", Schema = schema });

        var read = new List<string>();
        RecordSegments.Read(outcome.Segments.Select(s => folder.At(s.Path)), "ITEM_ID", ["A", "B"], batch =>
        {
            for (var i = 0; i < batch.Count; i++) read.Add($"{batch.Ids[i]}|{batch.Columns[0][i]}|{batch.Columns[1][i]}");
        }, default);
        Assert.Equal(table.Rows.Select(r => $"{r[0]}|{r[1]}|{r[2]}"), read);
        Assert.Equal((table.Rows.Count, 0), (outcome.GoodRows, outcome.BadRows));
    }, iter: 200);

    [Theory]
    [InlineData("1700000000.0")]
    [InlineData("1700000000.")]
    [InlineData("1.7e9")]
    [InlineData("1.7E+09")]
    [InlineData("17e8")]
    [InlineData("\"1700000000.000\"")]
    [InlineData(" 1700000000")]
    [InlineData("+1700000000")]
    public async Task Import_NumberThatMeansAWholeSecond_IsRead(string timestamp)
    {
        using var folder = new TemporaryFolder();

        var outcome = await RunAsync(Job(folder, Text($"{Header}\nu1,i1,{timestamp},View,,\n")));

        Assert.Equal((1, 0), (outcome.GoodRows, outcome.BadRows));
        InteractionSegments.Read(outcome.Segments.Select(s => folder.At(s.Path)), batch => Assert.Equal(1_700_000_000, batch.Timestamps[0]), default);
    }

    [Theory]
    [InlineData("7", 1)]
    [InlineData("7.0", 1)]
    [InlineData("1.7e1", 1)]
    [InlineData("7.5", 0)]
    [InlineData("3e9", 0)]
    [InlineData("1e400", 0)]
    [InlineData("seven", 0)]
    public async Task Import_NumberThatMeansAWholeNumber_IsRead(string ratings, int good)
    {
        using var folder = new TemporaryFolder();
        var csv = $"ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP,NUMBER_OF_RATINGS,DESCRIPTION\ni0,,,1.7e9,7,\ni1,,,1700000000.0,{ratings},\n";

        var outcome = await RunAsync(Job(folder, Text(csv)) with { DatasetType = "ITEMS", Schema = ParsedSchema.Parse(SchemaTexts.Items) });

        Assert.Equal((1 + good, 1 - good), (outcome.GoodRows, outcome.BadRows));
    }

    [Theory]
    [InlineData("u1,i1,1700000000.5,View,,", "TIMESTAMP", "expected whole epoch seconds")]
    [InlineData("u1,i1,1.7e12,View,,", "TIMESTAMP", "looks like milliseconds")]
    [InlineData("u1,i1,1700000000000,View,,", "TIMESTAMP", "looks like milliseconds")]
    [InlineData("u1,i1,2024-01-01,View,,", "TIMESTAMP", "expected whole epoch seconds")]
    [InlineData("u1,i1,-5,View,,", "TIMESTAMP", "not negative")]
    [InlineData("u1,i1,,View,,", "TIMESTAMP", "empty")]
    [InlineData(",i1,1700000000,View,,", "USER_ID", "empty and its type does not allow null")]
    [InlineData("u1,i1,1700000000,View,lots,", "EVENT_VALUE", "expected a finite number")]
    [InlineData("u1,i1,1700000000,View,NaN,", "EVENT_VALUE", "expected a finite number")]
    [InlineData("u1,i1,1700000000,View,", "", "5 values; the header has 6 columns")]
    [InlineData("u1,i1,1700000000,View,,,", "", "more than 6 values")]
    [InlineData("\"u1,i1,1700000000,View,,", "", "not closed")]
    [InlineData("\"u1\"x,i1,1700000000,View,,", "", "goes on after its closing quote")]
    [InlineData("u\0,i1,1700000000,View,,", "", "NUL")]
    [InlineData("USER_ID,ITEM_ID,5,View,,", "USER_ID", "reserved name")]
    public async Task Import_BadRow_IsQuarantinedWithLineColumnAndReason(string row, string column, string reason)
    {
        using var folder = new TemporaryFolder();

        var outcome = await RunAsync(Job(folder, Text($"{Header}\n{Good}\n{row}\n{Good}")));

        Assert.Equal((2, 1), (outcome.GoodRows, outcome.BadRows));
        var lines = await File.ReadAllLinesAsync(folder.At(outcome.QuarantinePath!));
        Assert.Equal("file,line,column,reason,raw", lines[0]);
        Assert.StartsWith($"\"data.csv\",\"3\",\"{column}\",\"", lines[1], StringComparison.Ordinal);
        Assert.Contains(reason, lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "TIMESTAMP is 0; expected the time of the event")]
    [InlineData(1_764_205_201 + 86_400, "which lies in the future; expected seconds (not milliseconds) since 1970, now 1764205200")]
    [InlineData(4_000_000_000, "which lies in the future")]
    public async Task Import_TimeThatPutEventsWouldRefuse_IsABadRow(long timestamp, string reason)
    {
        using var folder = new TemporaryFolder();
        var job = Job(folder, Text($"{Header}\n{Good}\nu1,i1,{timestamp},View,,\n")) with { Now = DateTimeOffset.FromUnixTimeSeconds(1_764_205_200) };

        var outcome = await RunAsync(job);

        Assert.Equal((1, 1), (outcome.GoodRows, outcome.BadRows));
        Assert.Contains(reason, (await File.ReadAllLinesAsync(folder.At(outcome.QuarantinePath!)))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MoreEventTypesThanThereMayBe_RefusesTheRowsThatBringThem()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, DataLimits.EventTypes + 5).Select(type => $"u1,i1,1700000000,type {type},,\n");
        var job = Job(folder, Text($"{Header}\n{string.Concat(rows)}u1,i1,1700000001,type 1,,\n")) with { MaxRefusedShare = 1 };

        var outcome = await RunAsync(job);

        Assert.Equal((DataLimits.EventTypes + 1, 5), (outcome.GoodRows, outcome.BadRows));
        Assert.Contains("EVENT_TYPE has more than 1000 different values",
            (await File.ReadAllLinesAsync(folder.At(outcome.QuarantinePath!)))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RowsThatSpreadsheetsWouldCompute_AreHarmlessInTheReport()
    {
        using var folder = new TemporaryFolder();
        var job = Job(folder, Text($"{Header}\n{Good}\n=1+1,i1,soon,View,,\n")) with { MaxRefusedShare = 1 };

        var outcome = await RunAsync(job);

        Assert.EndsWith(",\"'=1+1,i1,soon,View,,\"", (await File.ReadAllLinesAsync(folder.At(outcome.QuarantinePath!)))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RowsInTheFuture_AreNotedInTheReport()
    {
        using var folder = new TemporaryFolder();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_764_205_200);
        var job = Job(folder, Text(
            $"{Header}\n{Good}\nu1,i1,{now.AddHours(23).ToUnixTimeSeconds()},View,,\nu1,i1,{now.AddDays(40).ToUnixTimeSeconds()},View,,\n"
            + $"u1,i1,soon,View,,\nu1,i1,{now.AddSeconds(1).ToUnixTimeSeconds()},View,much,\n")) with { Now = now };

        await RunAsync(job);

        var report = await ImportReport.FindAsync(job.Artifacts, job.DatasetGroupArn, job.ImportJobArn, default);
        Assert.Equal((2, 3, 1), (report!.GoodRows, report.RefusedRows, report.FutureRows));
        Assert.Equal([("TIMESTAMP", 2L), ("EVENT_VALUE", 1L)], report.Faults.Select(faults => (faults.Column, faults.Rows)));
        Assert.StartsWith("data.csv line 4: TIMESTAMP is ", report.Faults[0].Example, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MoreRefusedThanAllowed_FailsAndReports()
    {
        using var folder = new TemporaryFolder();
        var job = Job(folder, Text($"{Header}\n{Good}\nu1,i1,never,View,,\nu1,i1,,View,,\n")) with { MaxRefusedShare = 0.5 };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RunAsync(job));

        Assert.Contains("2 of 3 rows", refused.Message, StringComparison.Ordinal);
        Assert.Contains("data.csv line 3: TIMESTAMP is 'never'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.parquet*", SearchOption.AllDirectories));
        var report = await ImportReport.FindAsync(job.Artifacts, job.DatasetGroupArn, job.ImportJobArn, default);
        Assert.Equal((1, 2), (report!.GoodRows, report.RefusedRows));
    }

    [Theory]
    [InlineData("\n\n")]
    [InlineData("\uFEFF\n")]
    [InlineData("\r\n")]
    public async Task Import_BlankLinesBeforeTheHeader_ArePassedOver(string blank)
    {
        using var folder = new TemporaryFolder();

        var outcome = await RunAsync(Job(folder, Text($"{blank}{Header}\n{Good}\n")));

        Assert.Equal((1, 0), (outcome.GoodRows, outcome.BadRows));
    }

    [Fact]
    public async Task Import_GoodRowAfterMoreRefusedTextThanAGroupHolds_IsRead()
    {
        using var folder = new TemporaryFolder();
        var csv = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < 40_000; i++) csv.Append(CultureInfo.InvariantCulture, $"{i:D240},{i:D240},noon,View,,\n");

        var outcome = await RunAsync(Job(folder, Text($"{csv}{Good}\n")));

        Assert.Equal((1, 40_000), (outcome.GoodRows, outcome.BadRows));
        InteractionSegments.Read(outcome.Segments.Select(s => folder.At(s.Path)), batch => Assert.Equal("u1", batch.UserIds[0]), default);
    }

    [Fact]
    public async Task Import_InvalidUtf8_IsABadRow()
    {
        using var folder = new TemporaryFolder();
        byte[] latin1 = [.. Encoding.UTF8.GetBytes($"{Header}\n{Good}\n"), .. Encoding.Latin1.GetBytes("müller,i1,1700000000,View,,\n")];

        var outcome = await RunAsync(Job(folder, Bytes(latin1)));

        Assert.Equal((1, 1), (outcome.GoodRows, outcome.BadRows));
    }

    [Fact]
    public async Task Import_LineOfAGigabyte_IsOneBadRowInLittleMemory()
    {
        using var folder = new TemporaryFolder();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var outcome = await RunAsync(Job(folder, new CsvSource("huge.csv", _ => Task.FromResult<Stream>(new EndlessLine(Header, 1L << 30, Good)))));

        Assert.Equal((1, 1), (outcome.GoodRows, outcome.BadRows));
        // Other tests run beside this one; what counts is that the gigabyte was never held.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 512L << 20);
    }

    [Theory]
    [InlineData("USER_ID,ITEM_ID,TIMESTAMP\nu,i,1\n", "Input CSV is missing the following columns:[EVENT_TYPE, EVENT_VALUE, DEVICE].")]
    [InlineData("USER_ID;ITEM_ID\nu;i\n", "The header of 'data.csv' has USER_ID;ITEM_ID, separated by a semicolon where a comma was expected.")]
    [InlineData("", "is empty")]
    [InlineData(Header + "\n", "a header but no rows")]
    [InlineData(Header + ",USER_ID\nu,i,1,View,,,u\n", "more than once: USER_ID")]
    [InlineData(Header + "\nu,i,never,View,,\n", "None of the 1 rows fits the schema. Correct the input and import again; "
        + "the first faults are: data.csv line 2: TIMESTAMP is 'never'")]
    public async Task Import_NothingUsable_FailsTheJobWithAReason(string csv, string reason)
    {
        using var folder = new TemporaryFolder();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RunAsync(Job(folder, Text(csv))));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.parquet*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Import_OverlongCategory_FailsTheJob()
    {
        using var folder = new TemporaryFolder();
        var csv = $"{Header}\n{Good}\nu1,i1,1,View,,{new string('x', 1001)}\n";

        Assert.Equal(
            "Length cannot be more than 1000 characters for DEVICE",
            (await Assert.ThrowsAsync<RefusedException>(() => RunAsync(Job(folder, Text(csv))))).Message);
    }

    [Fact]
    public async Task Import_FolderOfPlainAndGzip_ReadsAllInNameOrder()
    {
        using var folder = new TemporaryFolder();
        var other = "extra,ITEM_ID,USER_ID,TIMESTAMP,DEVICE,EVENT_VALUE,EVENT_TYPE\r\n0,i2,u2,2,,,Buy\r\n";

        var outcome = await RunAsync(
            Job(
                folder,
                Text("nothing to see", "README.txt"),
                Bytes(Gzip(Encoding.UTF8.GetBytes("\uFEFF" + other)), "b.csv.gz"),
                Text($"{Header}\n{Good}", "a.csv")));

        var read = new List<string>();
        InteractionSegments.Read(outcome.Segments.Select(s => folder.At(s.Path)), batch =>
        {
            for (var i = 0; i < batch.Count; i++)
                read.Add(
                    $"{batch.UserIds[batch.Users[i]]} {batch.ItemIds[batch.Items[i]]} {batch.Timestamps[i]} "
                    + $"{batch.EventTypeNames[batch.EventTypes[i]]} {batch.EventValues[i]}");
        }, default);
        Assert.Equal(["u1 i1 1700000000 View 1.5", "u2 i2 2 Buy NaN"], read);
    }

    [Fact]
    public async Task Import_GzipCutAnywhere_FailsWithAReasonAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var zipped = Gzip(Encoding.UTF8.GetBytes($"{Header}\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"u{i},i{i * 7},{i},View,,\n"))));

        for (var cut = 0; cut < zipped.Length; cut += 97)
            await Assert.ThrowsAsync<RefusedException>(() => RunAsync(Job(folder, Bytes(zipped[..cut], "cut.csv.gz"))));

        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Import_MoreBadRowsThanListed_CountsThemAll()
    {
        using var folder = new TemporaryFolder();
        var csv = $"{Header}\n{Good}\n" + string.Concat(Enumerable.Repeat("u,i,never,View,,\n", 50));

        var outcome = await RunAsync(Job(folder, Text(csv)) with { QuarantineRows = 10 });

        Assert.Equal(50, outcome.BadRows);
        var lines = await File.ReadAllLinesAsync(folder.At(outcome.QuarantinePath!));
        Assert.Equal(12, lines.Length);
        Assert.Contains("40 more bad rows are not listed; 50 in all", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MoreRowsThanAllowed_FailsTheJob()
    {
        using var folder = new TemporaryFolder();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => RunAsync(Job(folder, Text($"{Header}\n{Good}\n{Good}\n{Good}\n")) with { MaxRows = 2 }));

        Assert.Contains("more than 2 rows", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_GzipBomb_IsRefusedAtTheLimitOfText()
    {
        using var folder = new TemporaryFolder();
        var bomb = Gzip([.. Encoding.UTF8.GetBytes(Header + "\n"), .. new byte[20 << 20]]);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => RunAsync(Job(folder, Bytes(bomb, "bomb.csv.gz")) with { MaxTextBytes = 8 << 20 }));

        Assert.Contains("more than 8388608 bytes of text", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Import_Cancelled_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var source = new CsvSource("data.csv", _ => Task.FromResult<Stream>(new EndlessLine(Header, 1L << 40, Good)));
        cancel.CancelAfter(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Job(folder, source), cancel.Token));

        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }
}
