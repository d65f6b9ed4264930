using System.Text;
using System.Text.Json;
using Kindred.Contracts.Protocol;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Tests.World;

/// <summary>Batch jobs of a shop: their input, their requests, and what they wrote.</summary>
internal static class BatchCalls
{
    public static async Task PutLinesAsync(this Shop shop, string key, params IEnumerable<string> lines)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        await shop.Silo.Get<ObjectStore>().PutAsync(shop.Caller.Account, "data", key, body, 64 << 20, CancellationToken.None);
    }

    public static CreateBatchInferenceJobRequest InferenceRequest(this Shop shop, string name, string version, string input = "s3://data/in/") => new()
    {
        JobName = name,
        SolutionVersionArn = version,
        RoleArn = "arn:aws:iam::123456789012:role/batch",
        JobInput = new() { S3DataSource = new() { Path = input } },
        JobOutput = new() { S3DataDestination = new() { Path = "s3://data/out/" } },
    };

    public static CreateBatchSegmentJobRequest SegmentRequest(this Shop shop, string name, string version, string input = "s3://data/in/") => new()
    {
        JobName = name,
        SolutionVersionArn = version,
        RoleArn = "arn:aws:iam::123456789012:role/batch",
        JobInput = new() { S3DataSource = new() { Path = input } },
        JobOutput = new() { S3DataDestination = new() { Path = "s3://data/out/" } },
    };

    public static async Task<string> CreateAsync(this Shop shop, CreateBatchInferenceJobRequest request) =>
        (await shop.Silo.CallAsync<CreateBatchInferenceJobRequest, CreateBatchInferenceJobResponse>(shop.Caller, request)).BatchInferenceJobArn!;

    public static async Task<string> CreateAsync(this Shop shop, CreateBatchSegmentJobRequest request) =>
        (await shop.Silo.CallAsync<CreateBatchSegmentJobRequest, CreateBatchSegmentJobResponse>(shop.Caller, request)).BatchSegmentJobArn!;

    public static async Task<BatchInferenceJob?> InferenceJobAsync(this Shop shop, string arn) =>
        (await shop.Silo.CallAsync<DescribeBatchInferenceJobRequest, DescribeBatchInferenceJobResponse>(
            shop.Caller, new() { BatchInferenceJobArn = arn })).BatchInferenceJob;

    public static async Task<BatchInferenceJob> RunAsync(this Shop shop, CreateBatchInferenceJobRequest request)
    {
        var arn = await shop.CreateAsync(request);
        return await Shop.SettleAsync(() => shop.InferenceJobAsync(arn), job => job.Status!);
    }

    public static async Task<BatchSegmentJob> RunAsync(this Shop shop, CreateBatchSegmentJobRequest request)
    {
        var arn = await shop.CreateAsync(request);
        return await Shop.SettleAsync(
            async () => (await shop.Silo.CallAsync<DescribeBatchSegmentJobRequest, DescribeBatchSegmentJobResponse>(
                shop.Caller, new() { BatchSegmentJobArn = arn })).BatchSegmentJob,
            job => job.Status!);
    }

    /// <returns>Every line of an object as JSON.</returns>
    public static async Task<IReadOnlyList<JsonElement>> ReadLinesAsync(this Shop shop, string key) =>
        [.. (await shop.ReadTextAsync(key)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];

    public static async Task<string> ReadTextAsync(this Shop shop, string key)
    {
        var objects = shop.Silo.Get<ObjectStore>();
        var found = await objects.FindAsync(shop.Caller.Account, "data", key, CancellationToken.None);
        Assert.NotNull(found);
        using var reader = new StreamReader(await objects.OpenReadAsync(shop.Caller.Account, found, CancellationToken.None));
        return await reader.ReadToEndAsync();
    }

    public static string[] Items(this JsonElement line) => [.. Found(line, "recommendedItems")];
    public static string[] Users(this JsonElement line) => [.. Found(line, "recommendedUsers")];
    public static string? Error(this JsonElement line) => line.GetProperty("error").GetString();

    private static IEnumerable<string> Found(JsonElement line, string list) =>
        line.GetProperty("output").GetProperty(list).EnumerateArray().Select(id => id.GetString()!);
}
