using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Usage;
using Kindred.Grains.Tests.World;
using Kindred.Operations.Readings;

namespace Kindred.Grains.Tests.Batches;

/// <summary>Batch recommendations on a real silo, from lines in a bucket to lines in a bucket.</summary>
[Collection("silo")]
public sealed class BatchInferenceTests(SiloFixture fixture)
{
    private readonly Caller _caller = SiloFixture.NewTenant();

    [Fact]
    public async Task Run_LinesOfUsers_AreAnsweredInTheirOrder_AndWrongOnesSayWhy()
    {
        var shop = await OpenAsync();
        var version = await TrainAsync(shop, "aws-user-personalization-v2");
        await shop.PutLinesAsync(
            "in/users.json", """{"userId":"u0"}""", "", """{"userId": "u1", "mark": "ü\u00fc"}""", """{"itemId":"i0"}""", "{not json", "[]",
            """{"userId":7}""", """{"userId":"nobody"}""", """{"userId":"u2","filterValues":{"X":"\"a\""}}""");
        await shop.PutLinesAsync("in/more.json", Enumerable.Range(0, 60).Select(user => $$"""{"userId":"u{{user}}"}"""));

        var job = await shop.RunAsync(shop.InferenceRequest("first", version) with { NumResults = 10 });

        Assert.Equal(("ACTIVE", null, "BATCH_INFERENCE"), (job.Status, job.FailureReason, job.BatchInferenceJobMode));
        var lines = await shop.ReadLinesAsync("out/users.json.out");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var used = (await fixture.Silo.Get<IUsageMeter>().ReadAsync(_caller.Account, today.AddDays(-1), today))
            .Where(count => count.Measure is UsageMeasure.BatchLines).ToList();
        Assert.Equal((63, version), (used.Sum(count => count.Count), used[0].Subject)); // those that were answered, and not the five wrong ones
        Assert.Equal(8, lines.Count);
        Assert.Equal("u0", lines[0].GetProperty("input").GetProperty("userId").GetString());
        Assert.Equal("üü", lines[1].GetProperty("input").GetProperty("mark").GetString());
        Assert.Equal("User error: Required fields for the provided recipe are userId", lines[2].Error());
        Assert.StartsWith("User error: the line is not JSON", lines[3].Error(), StringComparison.Ordinal);
        Assert.Equal("{not json", lines[3].GetProperty("input").GetString());
        Assert.Equal("User error: the line is not a JSON object.", lines[4].Error());
        Assert.Equal("User error: userId is a number; a text in double quotes was expected.", lines[5].Error());
        Assert.Null(lines[6].Error());
        Assert.Equal("User error: filterValues is given, and the job has no filterArn.", lines[7].Error());
        Assert.All(lines, line => Assert.Equal(line.Error() is null ? 10 : 0, line.Items().Length));
        // What a batch says is what a request would be told.
        await shop.Tenant.CreateCampaignAsync(new() { Name = "front", SolutionVersionArn = version }, _caller);
        await shop.CampaignAsync(shop.Name("campaign/front"));
        var more = await shop.ReadLinesAsync("out/more.json.out");
        for (var user = 0; user < 60; user++)
        {
            var asked = await fixture.Silo.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(
                _caller, new() { CampaignArn = shop.Name("campaign/front"), UserId = $"u{user}", NumResults = 10 });
            Assert.Equal(asked.ItemList!.Select(item => item.ItemId), more[user].Items());
        }
        Assert.All(more, line =>
        {
            var output = line.GetProperty("output");
            Assert.Equal((10, 10), (output.GetProperty("scores").GetArrayLength(), output.GetProperty("reasons").GetArrayLength()));
        });
    }

    [Fact]
    public async Task Run_RankedAndRelatedAndPopular_AnswersAsTheRecipeDoes()
    {
        var shop = await OpenAsync();
        var ranking = await TrainAsync(shop, "aws-personalized-ranking-v2");
        await shop.PutLinesAsync("in/rank", """{"userId":"u0","itemList":["i30","i3","unknown","i31"]}""", """{"userId":"u0"}""");
        await shop.RunAsync(shop.InferenceRequest("rank", ranking));
        var ranked = await shop.ReadLinesAsync("out/rank.out");
        Assert.Equal(["i3", "unknown"], [ranked[0].Items()[0], ranked[0].Items()[^1]]);
        Assert.Equal("User error: Required fields for the provided recipe are userId, itemList", ranked[1].Error());

        var related = await TrainAsync(shop, "aws-sims");
        await shop.PutLinesAsync("items/related", """{"itemId":"i30"}""");
        await shop.RunAsync(shop.InferenceRequest("related", related, "s3://data/items/rel") with { NumResults = 5 });
        var relations = Assert.Single(await shop.ReadLinesAsync("out/related.out"));
        Assert.All(relations.Items(), item => Assert.InRange(int.Parse(item[1..]), 20, 39));
        Assert.False(relations.GetProperty("output").TryGetProperty("scores", out _));

        var popular = await TrainAsync(shop, "aws-popularity-count");
        await shop.RunAsync(shop.InferenceRequest("popular", popular, "s3://data/items/related"));
        Assert.Equal(25, Assert.Single(await shop.ReadLinesAsync("out/related.out")).Items().Length);
    }

    [Fact]
    public async Task Run_WithAFilter_TakesItsValuesFromEachLine()
    {
        var shop = await OpenAsync();
        var version = await TrainAsync(shop, "aws-user-personalization");
        await shop.OpenItemsAsync();
        await shop.ImportAsync(
            "items", "ITEM_ID,HALF,PRICE,SHELF\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"i{i},{(i < 20 ? "low" : "high")},1,")),
            datasetArn: shop.ItemsArn);
        await fixture.Silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(_caller, new()
        {
            Name = "half", DatasetGroupArn = shop.GroupArn, FilterExpression = "INCLUDE ItemID WHERE Items.HALF IN ($HALF)",
        });
        await shop.PutLinesAsync(
            "in/users", """{"userId":"u0","filterValues":{"HALF":"\"high\""}}""", """{"userId":"u0","filterValues":{"HALF":"\"low\""}}""",
            """{"userId":"u0"}""");

        var job = await shop.RunAsync(shop.InferenceRequest("filtered", version) with { FilterArn = shop.Name("filter/half") });

        Assert.Equal((shop.Name("filter/half"), "ACTIVE"), (job.FilterArn, job.Status));
        var lines = await shop.ReadLinesAsync("out/users.out");
        Assert.Equal([20, 20], [lines[0].Items().Length, lines[1].Items().Length]);
        Assert.All(lines[0].Items(), item => Assert.InRange(int.Parse(item[1..]), 20, 39));
        Assert.All(lines[1].Items(), item => Assert.InRange(int.Parse(item[1..]), 0, 19));
        Assert.Equal("User error: The filter's parameter $HALF has no value; give it in filterValues.", lines[2].Error());
    }

    [Fact]
    public async Task Outputs_OfAFolder_AreThoseOfItsFilesAlone_AndOnlyWhatRunsIsReadAgain()
    {
        var shop = await OpenAsync();
        var version = await TrainAsync(shop, "aws-popularity-count");
        await shop.PutLinesAsync("in/one.json", """{"userId":"u0"}""");
        await shop.PutLinesAsync("in/two.json", """{"userId":"u1"}""");
        await shop.PutLinesAsync("others/three.json", """{"userId":"u2"}""");
        var folder = await shop.RunAsync(shop.InferenceRequest("folder", version));
        await shop.RunAsync(shop.InferenceRequest("single", version, "s3://data/others/three.json"));
        var (readings, me) = (fixture.Silo.Get<FileJobReadings>(), Principal.OfPerson(_caller.Account, "ada", AccessScopes.Tenant));
        using var entered = CallerContext.Enter(me);

        var outputs = await readings.ListOutputsAsync(me, Arn.Parse(folder.BatchInferenceJobArn!), default);
        var jobs = await readings.ListAsync(me, Arn.Parse(shop.GroupArn), default);
        var began = jobs.Select(job => job.Name is "single" ? job with { Status = "CREATE IN_PROGRESS", Lines = 0 } : job with { Lines = 7 }).ToList();
        var refreshed = await readings.RefreshAsync(me, began, default);

        Assert.Equal(["one.json.out", "two.json.out"], outputs.Select(file => file.Name));
        Assert.Equal([("ACTIVE", 7), ("ACTIVE", 1)], refreshed.OrderBy(job => job.Name).Select(job => (job.Status, job.Lines)));
    }

    [Fact]
    public async Task Create_WhatCannotBe_IsRefusedAtOnce()
    {
        var shop = await OpenAsync();
        var version = await TrainAsync(shop, "aws-sims");
        var right = shop.InferenceRequest("job", version);
        await RefusedAsync(right with { BatchInferenceJobMode = "THEME_GENERATION" }, "does not support");
        await RefusedAsync(right with { NumResults = 501 }, "numResults is 501; 1 to 500 was expected.");
        await RefusedAsync(right with { JobOutput = new() { S3DataDestination = new() { Path = "s3://data/in" } } }, "must be another location");
        await RefusedAsync(right with { JobOutput = new() { S3DataDestination = new() { Path = "file:///tmp/" } } }, "Invalid Data location.");
        await RefusedAsync(
            right with { BatchInferenceJobConfig = new() { ItemExplorationConfig = new Dictionary<string, string> { ["explorationWeight"] = "1" } } },
            "no itemExplorationConfig");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => shop.CreateAsync(right with { SolutionVersionArn = shop.Name("solution/no/12345678") }));
        Assert.Equal(RefusalCode.ResourceNotFound, refused.Code);

        var empty = await shop.RunAsync(right);
        Assert.Equal(("CREATE FAILED", "Invalid Data location. There is nothing at 's3://data/in/'."), (empty.Status, empty.FailureReason));
        Assert.Equal(
            RefusalCode.ResourceAlreadyExists, (await Assert.ThrowsAsync<RefusedException>(() => shop.CreateAsync(right))).Code);
        var listed = await fixture.Silo.CallAsync<ListBatchInferenceJobsRequest, ListBatchInferenceJobsResponse>(
            _caller, new() { SolutionVersionArn = version });
        Assert.Equal("job", Assert.Single(listed.BatchInferenceJobs!).JobName);

        async Task RefusedAsync(CreateBatchInferenceJobRequest request, string says)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => shop.CreateAsync(request));
            Assert.Equal(RefusalCode.InvalidInput, refused.Code);
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        return shop;
    }

    private static async Task<string> TrainAsync(Shop shop, string recipe)
    {
        await shop.CreateSolutionAsync(recipe, recipe);
        var arn = (await shop.Tenant.CreateSolutionVersionAsync(new() { SolutionArn = shop.Name($"solution/{recipe}") }, shop.Caller)).SolutionVersionArn!;
        Assert.Equal("ACTIVE", (await shop.VersionAsync(arn)).Status);
        return arn;
    }
}
