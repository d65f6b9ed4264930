using System.Text;
using System.Text.Json.Nodes;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv.Inference;
using Kindred.Operations.Intake;
using Kindred.Storage;
using Kindred.Storage.Deletion;
using Kindred.Storage.Import;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;
using Kindred.Testing;

namespace Kindred.Operations.Tests.Intake;

public sealed class DataIntakeTests : IDisposable
{
    private static readonly Principal Ada = Principal.OfPerson("111122223333", "ada", AccessScopes.Tenant);
    private readonly TemporaryFolder _folder = new();
    private readonly ObjectStore _objects;
    private readonly DataIntake _intake;

    public DataIntakeTests()
    {
        var options = new StorageOptions { DataPath = _folder.Path, KeptFreeBytes = 0, MaxUploadBytes = 1 << 20 };
        _objects = new ObjectStore(options);
        _intake = new DataIntake(_objects, new StorageQuota(options, TimeProvider.System), options, TimeProvider.System);
    }

    public void Dispose()
    {
        _intake.Dispose();
        _objects.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Upload_OfAShopsOwnForm_IsImportedAsTheContractHasIt()
    {
        var location = await UploadAsync("ratings.csv", "customer;product;stars;when\nu1;i1;5;2024-05-01 12:00\nu2;i1;4;2024-05-02T08:30:00Z\n");

        var preview = await _intake.PreviewAsync(Ada, location, "Interactions", default);
        var prepared = await _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default);

        Assert.Equal(["USER_ID", "ITEM_ID", "STARS", "TIMESTAMP"], preview.Suggested.Targets);
        Assert.Equal(TimestampForm.Iso8601, preview.Suggested.TimestampForm);
        Assert.Equal((2L, 0L), (prepared.Check.GoodRows, prepared.Check.RefusedRows));
        Assert.Equal("USER_ID,ITEM_ID,STARS,TIMESTAMP\nu1,i1,5,1714564800\nu2,i1,4,1714638600\n", await ReadAsync(prepared.Location));
        Assert.Equal((2L, 2, 1), (prepared.Tally!.Rows, prepared.Tally.Users, prepared.Tally.Items));
    }

    [Fact]
    public async Task Prepare_FileThatFitsAlready_IsNotCopied()
    {
        var location = await UploadAsync("interactions.csv", "USER_ID,ITEM_ID,TIMESTAMP\nu1,i1,1714564800\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Interactions", default);

        var prepared = await _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default);

        Assert.Equal(location, prepared.Location);
    }

    [Fact]
    public async Task Prepare_RowsThatDoNotFit_AreToldWithTheirLineAndReason()
    {
        var location = await UploadAsync("i.csv", "user,item,timestamp\nu1,i1,1714564800\nu2,,1714564800\nu3,i3,soon\nu4,i4\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Interactions", default);

        var check = (await _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default)).Check;

        Assert.Equal((1L, 3L), (check.GoodRows, check.RefusedRows));
        Assert.Equal([3L, 4, 5], check.Refused.Select(row => row.Line));
        Assert.Equal(["ITEM_ID", "TIMESTAMP", ""], check.Refused.Select(row => row.Column));
    }

    [Fact]
    public async Task Prepare_ColumnLeftOut_IsInNeitherCopyNorSchema()
    {
        var location = await UploadAsync("i.csv", "user,item,timestamp,secret\nu1,i1,1714564800,x\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Interactions", default);
        var mapping = DataIntake.Mapped("Interactions", ["USER_ID", "ITEM_ID", "TIMESTAMP", null], preview.Rows);

        var prepared = await _intake.PrepareAsync(Ada, location, mapping, existingSchema: null, progress: null, default);

        Assert.DoesNotContain("SECRET", prepared.Schema, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("x", await ReadAsync(prepared.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_NoColumnForTheTime_SaysWhatIsMissing()
    {
        var location = await UploadAsync("i.csv", "user,item,colour\nu1,i1,red\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Interactions", default);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default));

        Assert.Contains("TIMESTAMP", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_SchemaThatIsThere_HasToBeMet()
    {
        var schema = new JsonObject
        {
            ["type"] = "record", ["name"] = "Items", ["namespace"] = "x", ["version"] = "1.0",
            ["fields"] = new JsonArray(new JsonObject { ["name"] = "ITEM_ID", ["type"] = "string" }, new JsonObject { ["name"] = "PRICE", ["type"] = "float" }),
        }.ToJsonString();
        var location = await UploadAsync("items.csv", "item,cost\ni1,9.90\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Items", default);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => _intake.PrepareAsync(Ada, location, preview.Suggested, schema, progress: null, default));
        var mapped = DataIntake.Mapped("Items", ["ITEM_ID", "PRICE"], preview.Rows);
        var prepared = await _intake.PrepareAsync(Ada, location, mapped, schema, progress: null, default);

        Assert.Contains("PRICE", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1L, schema), (prepared.Check.GoodRows, prepared.Schema));
    }

    [Fact]
    public async Task Upload_OfActions_IsReadAsTheContractHasThem()
    {
        var location = await UploadAsync(
            "offers.csv", "offer;name;value;repeat;expires\njoin;Join the club;8;30;2030-01-01\ncall;Call us;;;\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Actions", default);

        var prepared = await _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default);

        Assert.Equal(["ACTION_ID", "NAME", "VALUE", "REPEAT_FREQUENCY", "EXPIRATION_TIMESTAMP"], preview.Suggested.Targets);
        Assert.Equal((2L, 0L), (prepared.Check.GoodRows, prepared.Check.RefusedRows));
        Assert.Equal(
            "ACTION_ID,NAME,VALUE,REPEAT_FREQUENCY,EXPIRATION_TIMESTAMP\njoin,Join the club,8,30,1893456000\ncall,Call us,,,\n",
            await ReadAsync(prepared.Location));
        Assert.Equal(["long", "long", "long"], TypesOf(prepared.Schema, "VALUE", "REPEAT_FREQUENCY", "EXPIRATION_TIMESTAMP"));
    }

    [Fact]
    public async Task Upload_OfActionInteractions_IsReadAsTheContractHasThem()
    {
        var location = await UploadAsync("answers.csv", "user,action,answer,when\nu1,join,Taken,2024-05-01\nu2,join,Not Taken,2024-05-02\nu3,join,,2024-05-02\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Action_Interactions", default);

        var prepared = await _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default);

        Assert.Equal(["USER_ID", "ACTION_ID", "EVENT_TYPE", "TIMESTAMP"], preview.Suggested.Targets);
        Assert.Equal((2L, 1L), (prepared.Check.GoodRows, prepared.Check.RefusedRows));
    }

    [Fact]
    public async Task Upload_OfItems_MayCallAColumnValueAndFillItWithWords()
    {
        var location = await UploadAsync("items.csv", "item,value\ni1,high\ni2,low\n");
        var preview = await _intake.PreviewAsync(Ada, location, "Items", default);

        var prepared = await _intake.PrepareAsync(Ada, location, preview.Suggested, existingSchema: null, progress: null, default);

        Assert.Equal(["string"], TypesOf(prepared.Schema, "VALUE"));
    }

    [Fact]
    public async Task ListUsers_OfAnUploadOfAnyForm_IsWhatADeletionReads()
    {
        var location = await UploadAsync("gone.tsv", "name\tuser id\nAnn\tu 1\nBob\t\"u\"\"2\"\nNobody\t\n");

        var list = await _intake.ListUsersAsync(Ada, location, default);

        Assert.Equal((2L, "u 1", "u\"2"), (list.Users, list.First[0], list.First[1]));
        Assert.Equal(2, (await DeletionListOf(list.Location)).Count);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "USER_ID; it has: a, b")]
    [InlineData("user\n\n", "names no user")]
    [InlineData("user,x\nu1,1\nu2\n", "Line 3 cannot be read")]
    public async Task ListUsers_OfAFileThatNamesNobodyForSure_IsRefused(string csv, string says)
    {
        var location = await UploadAsync("gone.csv", csv);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => _intake.ListUsersAsync(Ada, location, default));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_ThatSomebodyTyped_IsKeptUntilItIsDeleted()
    {
        var list = await _intake.ListUsersAsync(Ada, "shop", [" u1 ", "", "u1", "a,\"b\""], default);

        Assert.Equal((2L, "u1", "a,\"b\""), (list.Users, list.First[0], list.First[1]));
        Assert.Equal(2, (await DeletionListOf(list.Location)).Count);
        Assert.True(await _intake.DeleteListAsync(Ada, list.Location, default));
        Assert.False(await _intake.DeleteListAsync(Ada, list.Location, default));
        Assert.False(await _intake.DeleteListAsync(Ada, "s3://data/others.csv", default));
        await Assert.ThrowsAsync<RefusedException>(() => _intake.ListUsersAsync(Ada, "shop", [""], default));
        await Assert.ThrowsAsync<RefusedException>(() => _intake.ListUsersAsync(
            Ada, "shop", [.. Enumerable.Range(0, DataIntake.MostTypedUsers + 1).Select(i => $"u{i}")], default));
    }

    [Theory]
    [InlineData("s3://other/x.csv")]
    [InlineData("s3://uploads/nothing.csv")]
    [InlineData("file:///etc/passwd")]
    public async Task Preview_WhatIsNoUploadOfTheirs_IsAsIfThereWereNone(string location)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _intake.PreviewAsync(Ada, location, "Interactions", default));

        Assert.Equal(RefusalCode.ResourceNotFound, refused.Code);
    }

    [Fact]
    public async Task Receive_WithoutTheScopeOrTooLarge_IsRefused()
    {
        var analyst = Principal.OfPerson("111122223333", "eve", AccessScopes.Read | AccessScopes.Recommend);
        using var body = new MemoryStream(new byte[(1 << 20) + 1]);

        var denied = await Assert.ThrowsAsync<RefusedException>(() => _intake.ReceiveAsync(analyst, "live", "x.csv", Stream.Null, 0, default));
        var large = await Assert.ThrowsAsync<RefusedException>(() => _intake.ReceiveAsync(Ada, "live", "x.csv", body, null, default));

        Assert.Equal((RefusalCode.AccessDenied, RefusalCode.TooLarge), (denied.Code, large.Code));
    }

    private async Task<string> UploadAsync(string name, string text)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await _intake.ReceiveAsync(Ada, "live", name, body, body.Length, default)).Location;
    }

    private async Task<string> ReadAsync(string location)
    {
        var found = await _objects.ListAsync(Ada.Account, location, default);
        await using var stream = await _objects.OpenReadAsync(Ada.Account, found[0], default);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private async Task<DeletedUsers> DeletionListOf(string location)
    {
        var file = (await _objects.ListAsync(Ada.Account, location, default)).Single();
        return await DeletionList.ReadAsync([new CsvSource(file.Name, stop => _objects.OpenReadAsync(Ada.Account, file, stop))], default);
    }

    private static IEnumerable<string> TypesOf(string schema, params string[] columns) => columns.Select(column =>
        JsonNode.Parse(schema)!["fields"]!.AsArray().Single(field => (string)field!["name"]! == column)!["type"] is JsonArray types
            ? (string)types[0]! : "not nullable");
}
